"""Choosing files. Each one is judged by itself when it is kept, so that a bad one costs nothing else."""

from typing import Any

from heed.design import forms


class Files(forms.FilesField):
    """Whatever was chosen, an empty list if nothing was; `documents` says of each whether it can be kept, and why not."""

    def clean(self, value: Any) -> list[Any]:
        return [file for file in (value if isinstance(value, list) else [value]) if file is not None]


class FilesForm(forms.Form):
    upload = Files(
        label="Choose files",
        required=False,
        help_text="Photographs, letters, recordings or documents, up to 25 MB each. You can choose several at once.",
    )
