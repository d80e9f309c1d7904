from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "heed.jobs"
    label = "jobs"
