"""Choosing files. Each one is judged by itself when it is kept, so that a bad one costs nothing else."""

from typing import Any

from django.conf import settings

from heed.design import forms, words

LIMITS = f"Photographs, letters, recordings or documents, up to {words.file_size(settings.LARGEST_FILE)} each."
ADD = "Add to my files"
NOTHING_CHOSEN = f"Choose a file first, then press “{ADD}”"


class Files(forms.FilesField):
    """Whatever was chosen, an empty list if nothing was; `documents` says of each whether it can be kept, and why not."""

    def clean(self, value: Any) -> list[Any]:
        return [file for file in (value if isinstance(value, list) else [value]) if file is not None]


class FilesForm(forms.Form):
    mark_optional = False
    upload = Files(
        label="Choose a file, or several at once",
        required=False,
        help_text=f"{LIMITS} Then press “{ADD}”. Do the same again for each further file.",
    )

    def ask_for_more(self, has_some: bool) -> None:
        """Where files are there already, the question is for another."""
        if has_some:
            self["upload"].label = "Choose another file, or several at once"
