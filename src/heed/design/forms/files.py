"""Files: several at once, each within a limit. What a file really is, `documents` finds out from its content."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from heed.design import words
from heed.design.forms.worded import Worded

MOST_FILES = 10


class FilesWidget(forms.FileInput):
    allow_multiple_selected = True


class FilesField(Worded, forms.Field):
    """Cleans to a list of UploadedFile, empty if none was chosen. accept: HTML's hint to the file chooser.

    Each file may have settings.LARGEST_FILE bytes. A larger one arrives cut one byte past that, so the
    error does not tell its size.
    """

    widget = FilesWidget
    wording = {"required": "Choose a file"}

    def __init__(self, *, most_files: int = MOST_FILES, accept: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most_files = most_files
        self._put({"multiple": "multiple" if most_files > 1 else None, "accept": accept})

    def clean(self, value: Any) -> list[UploadedFile]:
        files = [file for file in (value if isinstance(value, list) else [value]) if file is not None]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.most_files:
            raise forms.ValidationError(
                f"You chose {len(files)} files. Choose {words.count(self.most_files, 'file')} or fewer", code="too_many"
            )
        problems = [text for text in map(self._problem, files) if text]
        if problems:
            raise forms.ValidationError([forms.ValidationError(text, code="invalid") for text in problems])
        return files

    def _problem(self, file: UploadedFile) -> str | None:
        if not file.size:
            return f"“{file.name}” is empty. Choose another file"
        if file.size > settings.LARGEST_FILE:
            return f"“{file.name}” is too large. A file must be {words.file_size(settings.LARGEST_FILE)} or smaller"
        return None
