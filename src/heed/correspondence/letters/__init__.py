"""Letter templates: one readable file each, in this folder, checked when loaded.

`KEY-VERSION.toml` says what the letter is for, from when it is used, which fields it may be given, and its
paragraphs. `{field}` stands for a field's value and there is no other language: a paragraph may be kept for when
certain fields were given, or were not. The standard fields need no declaring and are filled by `actions.notify`."""

from heed.correspondence.letters.letter import SEALED, Field, Letter, Paragraph, Rendered
from heed.correspondence.letters.loading import LetterFault, every_letter, load, read

__all__ = ["SEALED", "Field", "Letter", "LetterFault", "Paragraph", "Rendered", "every_letter", "load", "read"]
