from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "heed.learning"
    label = "learning"
