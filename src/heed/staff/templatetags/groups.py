"""{% load groups %}: the tables of the page about groups of people."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from heed.insight import group_words
from heed.insight.queries.groups import GroupLine

register = template.Library()
register.simple_tag(group_words.response, name="response")
register.simple_tag(group_words.populations_note, name="populations_note")

_CELL = (
    '<td class="govuk-table__cell govuk-table__cell--numeric" data-label="{}"><span>{}'
    '<span class="heed-table__range">{}</span></span></td>'
)


@register.simple_tag
def group_row(line: GroupLine, outcomes: list[tuple[str, str, str]]) -> SafeString:
    """One group: who told us, of whom, and each outcome with the range that chance leaves."""
    received, told = line.of_received, line.of_told
    served = "Not known" if line.served is None else group_words.percent(line.served)
    cells = [
        ("Told us", f"{told.many:,}", ""),
        ("Of all received", group_words.percent(received), ""),
        ("Of those who told us", group_words.percent(told), "" if line.is_everybody else group_words.span(told)),
        ("Of the people we serve", "100%" if line.is_everybody else served, ""),
        *outcomes,
    ]
    return format_html(
        '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header{}">{}</th>{}</tr>',
        f" heed-within-{line.depth - 1}" if line.depth > 1 else "", line.label, format_html_join("", _CELL, cells),
    )  # fmt: skip
