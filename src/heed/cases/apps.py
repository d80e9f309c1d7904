from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "heed.cases"
    label = "cases"
