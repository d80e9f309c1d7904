from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "heed.portal"
    label = "portal"
