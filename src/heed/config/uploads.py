"""Files on their way in: straight to disk, never more than the limit, whatever was sent."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CutUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most one byte more than `settings.LARGEST_FILE` of each file.

    That byte is enough for whoever stores the file to refuse it by its size, with the right sentence and in the form
    that it came with; the rest is read, so that the browser sees the answer, and thrown away."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        wanted = raw_data[: max(0, settings.LARGEST_FILE + 1 - self.kept)]
        self.kept += len(wanted)
        if wanted:
            super().receive_data_chunk(wanted, start)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return super().file_complete(min(file_size, self.kept))
