"""{% load figures %}: the tables of the insight pages. Made here and not in a template, because a page has hundreds of
cells and a template takes ten times as long for each."""

from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from heed.design import words

register = template.Library()
NUMBER = "govuk-table__cell govuk-table__cell--numeric"
NONE = "–"


@register.simple_tag
def month_rows(rows: list[tuple[date, bool, list[str]]]) -> SafeString:
    """The rows of a table by month: (month, whether it is not over, figures as shown)."""
    return format_html_join("\n", _ROW, ((_month(on, part), _cells(figures)) for on, part, figures in rows))


@register.simple_tag
def line_rows(lines: list[tuple[str, str, list[str]]]) -> SafeString:
    """The rows of a table of what is told apart: (address of the page of it alone or "", name, figures as shown)."""
    return format_html_join("\n", _ROW, ((_named(href, name), _cells(figures)) for href, name, figures in lines))


def _named(href: str, name: str) -> SafeString | str:
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, name) if href else name


_ROW = '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{}</th>{}</tr>'


def _month(on: date, part: bool) -> str:
    return f"{words.month(on)} so far" if part else words.month(on)


def _cells(figures: list[str]) -> SafeString:
    return format_html_join("", '<td class="{}">{}</td>', ((NUMBER, figure or NONE) for figure in figures))
