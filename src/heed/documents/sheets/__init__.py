"""Sheets: short documents made from data, alike as PDF and DOCX, with real headings, a language and a title. Pure."""

from heed.documents.sheets.sheet import Block, Poster, Said, Sheet

__all__ = ["Block", "Poster", "Said", "Sheet"]
