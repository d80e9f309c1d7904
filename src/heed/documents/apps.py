from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "heed.documents"
    label = "documents"
