from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "heed.care"
    label = "care"
