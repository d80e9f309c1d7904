from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "heed.insight"
    label = "insight"
