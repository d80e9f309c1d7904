from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "heed.design"
    label = "design"
