from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "heed.correspondence"
    label = "correspondence"
