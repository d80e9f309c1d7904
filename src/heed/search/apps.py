from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "heed.search"
    label = "search"
