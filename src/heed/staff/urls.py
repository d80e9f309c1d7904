"""All staff addresses: every module in `routes` names its own `urlpatterns`."""

import pkgutil
from importlib import import_module

from django.urls import include, path

from heed.staff import routes

urlpatterns = [
    path("<slug:org>/staff/", include(f"{routes.__name__}.{module.name}"))
    for module in pkgutil.iter_modules(routes.__path__)
    if hasattr(import_module(f"{routes.__name__}.{module.name}"), "urlpatterns")
]
