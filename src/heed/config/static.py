"""Stylesheet, script, fonts and images, gathered where the server looks for them, when they have changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def gather() -> None:
    """Make STATIC_ROOT anew if what it is made from has changed since; takes some seconds then, else almost none."""
    mark = settings.STATIC_ROOT.with_name("static.mark")
    now = fingerprint()
    if mark.exists() and mark.read_text() == now and settings.STATIC_ROOT.is_dir():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(now)


def fingerprint() -> str:
    """Changes whenever a file does: from each one's place, size and time."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            stat = (storage.size(path), storage.get_modified_time(path).timestamp())
            digest.update(f"{storage.path(path)}\0{stat}\0".encode())
    return digest.hexdigest()
