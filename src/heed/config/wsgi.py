import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heed.config.settings")
application = get_wsgi_application()
# All that is loaded by now stays for good. Unless the collector is told so, it walks through all of it every so often, and
# somebody's page waits for that by a tenth of a second.
get_resolver().url_patterns  # noqa: B018 (loads every view)
gc.collect()
gc.freeze()
