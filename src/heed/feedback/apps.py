from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "heed.feedback"
    label = "feedback"
