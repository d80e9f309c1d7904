"""Tags and filters of the design system; loaded in every template. With examples: docs/how-to/pages.md."""

import datetime
from collections.abc import Callable
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe

from heed.design import words
from heed.design.charts import Chart
from heed.design.components import Link
from heed.design.forms.bound import BoundField
from heed.design.forms.layout import Group, groups
from heed.design.funnels import Plot

register = template.Library()


def _told(name: str, in_words: Callable[[Any], str]) -> None:
    """A filter that says nothing where there is nothing to say: None and "" give ""."""

    def told(value: Any) -> str:
        return "" if value is None or value == "" else in_words(value)

    register.filter(name, told)


_told("day", words.day)
_told("short_day", words.short_day)
_told("month", words.month)
_told("clock", words.clock)
_told("moment", words.moment)
_told("money", words.money)
_told("working_days", words.working_days)
_told("nhs_number", words.nhs_number)
_told("file_size", words.file_size)
register.simple_tag(words.time_left)


@register.simple_tag
def by_when(due_on: datetime.date, today: datetime.date, left: int) -> SafeString:
    """A date and how it stands, broken between the two where a line is short: Tue 5 May, 2 working days left."""
    on, _, standing = words.by_when(due_on, today, left).partition(", ")
    shape = '<span class="heed-nowrap">{},</span> <span class="heed-nowrap">{}</span>'
    return format_html(shape, on, standing)


@register.filter
def commas(number: int) -> str:
    """1,204"""
    return f"{number:,}"


@register.filter
def count(number: int, noun: str) -> str:
    """{{ 3|count:"issue" }} is "3 issues"; an odd plural follows a comma: {{ 2|count:"reply,replies" }}."""
    return words.count(number, *noun.split(",", 1))


@register.filter
def plural(number: int, noun: str) -> str:
    """The noun alone: {{ 1|plural:"issue" }} is "issue"."""
    return words.plural_noun(number, *noun.split(",", 1))


@register.filter
def paragraphs(text: str) -> SafeString:
    """Somebody's words, escaped, with their line breaks kept, in paragraphs of the right class."""
    return mark_safe(linebreaks(text, autoescape=True).replace("<p>", '<p class="govuk-body">'))  # noqa: S308 (escaped)


@register.filter
def form_groups(form: BaseForm) -> list[Group]:
    return groups(form)


@register.simple_tag
def field(question: BoundField, *, heading: bool = False, size: str | None = None) -> SafeString:
    """One question of a form. heading: its label is the page's h1."""
    question.heading = heading
    question.size = size if size is not None else ("l" if heading else question.size)
    return question.as_field_group()


@register.inclusion_tag("heed/forms/error_summary.html")
def error_summary(form: BaseForm, title: str = "") -> dict[str, Any]:
    """What is wrong, with links to the questions. page.html shows it by itself for `form`."""
    return {"form": form, "title": title or getattr(form, "error_title", "There is a problem")}


@register.inclusion_tag("heed/components/button.html")
def button(label: str, **options: Any) -> dict[str, Any]:
    """{% button "Send the response" %}; options: href, kind (secondary or warning), name, value, form."""
    return {"label": label, **options}


@register.inclusion_tag("heed/components/breadcrumbs.html")
def breadcrumbs(links: list[Link]) -> dict[str, Any]:
    return {"links": links}


@register.simple_tag
def back_link(href: str, label: str = "Back") -> SafeString:
    """Where the person came from. A landmark of its own, since it stands outside the main part."""
    shape = '<nav aria-label="Way back"><a href="{}" class="govuk-back-link">{}</a></nav>'
    return format_html(shape, href, label)


@register.inclusion_tag("heed/components/navigation.html")
def navigation(links: list[Link], label: str = "Main") -> dict[str, Any]:
    """The band of links under the header."""
    return {"links": links, "label": label}


@register.inclusion_tag("heed/components/tabs.html")
def tabs(links: list[Link], label: str) -> dict[str, Any]:
    """Tabs that are pages. label names them to a screen reader, such as "This complaint"."""
    return {"links": links, "label": label}


@register.inclusion_tag("heed/components/filter_links.html")
def filter_links(heading: str, links: list[Link]) -> dict[str, Any]:
    """One group of filters: links with counts, the chosen one marked."""
    return {"heading": heading, "links": links}


@register.inclusion_tag("heed/components/pagination.html")
def pagination(
    *, newer: str = "", older: str = "", newer_label: str = "Newer", older_label: str = "Older"
) -> dict[str, Any]:
    """Keyset paging: addresses of the pages before and after, "" where there is none."""
    return {"newer": newer, "older": older, "newer_label": newer_label, "older_label": older_label}


TAG_COLOURS = ("grey", "teal", "green", "purple", "orange", "red", "yellow", "blue")
RISKS = ("low", "moderate", "high", "extreme")


@register.simple_tag
def tag(label: str, colour: str = "grey") -> SafeString:
    """A word in a box that says a state. The word must carry the meaning; the colour only helps."""
    if colour not in TAG_COLOURS:
        raise ValueError(f"{colour!r} is not a tag colour; there are {', '.join(TAG_COLOURS)}")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, label)


@register.simple_tag
def risk(level: str) -> SafeString:
    """Low, Moderate, High or Extreme; heavier with the risk, in ink alone. "" where none is rated yet."""
    name = level.lower()
    if name not in RISKS:
        return format_html('<span class="heed-quiet">{}</span>', "Not rated yet")
    return format_html('<strong class="heed-risk heed-risk--{}">{}</strong>', name, name.capitalize())


@register.simple_block_tag
def details(content: str, summary: str, open: bool = False) -> SafeString:  # noqa: A002 (HTML's word)
    """{% details "Why we ask" %}...{% enddetails %}"""
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        mark_safe(" open") if open else "",
        summary,
        content,
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    return format_html(
        '<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">Warning</span>{}</strong></div>',
        content,
    )


@register.simple_block_tag
def notification(
    content: str,
    title: str = "Important",
    id: str = "notification",  # noqa: A002
    alert: bool = False,
) -> SafeString:
    """A banner that stays; `alert`: it answers what was just sent, so it is read out and gets the focus. Messages of Django's
    come out as these by themselves."""
    return format_html(
        '<div class="govuk-notification-banner" role="{role}" aria-labelledby="{id}-title"{module}>'
        '<div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="{id}-title">'
        '{title}</h2></div><div class="govuk-notification-banner__content">{content}</div></div>',
        role="alert" if alert else "region",
        module=mark_safe(' data-module="govuk-notification-banner"') if alert else "",
        id=id,
        title=title,
        content=content,
    )


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """A confirmation: the title is the page's h1."""
    return format_html(
        '<div class="govuk-panel govuk-panel--confirmation"><h1 class="govuk-panel__title">{}</h1>'
        '<div class="govuk-panel__body">{}</div></div>',
        title,
        content,
    )


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """What a list says when it holds nothing: what will appear here, and how to make the first one."""
    return format_html(
        '<div class="heed-empty"><p class="heed-empty__title">{}</p><div class="heed-empty__text">{}</div></div>',
        title,
        content,
    )


@register.simple_block_tag
def summary_list(content: str, narrow: bool = False) -> SafeString:
    """{% summary_list %}{% row "Name" %}Mrs Ahmed{% endrow %}{% endsummary_list %}"""
    extra = " heed-summary--narrow" if narrow else ""
    return format_html('<dl class="govuk-summary-list{}">{}</dl>', extra, content)


@register.simple_block_tag
def row(content: str, key: str, *, href: str = "", action: str = "Change", what: str = "") -> SafeString:
    """A line of a summary list. href makes a link "Change" with `what` (default: the key) for those who hear it."""
    link = (
        format_html(
            '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden"> {}</span></a></dd>',
            href,
            action,
            what or key.lower(),
        )
        if href
        else ""
    )
    return format_html(
        '<div class="govuk-summary-list__row{}"><dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        "" if href else " govuk-summary-list__row--no-actions",
        key,
        content,
        link,
    )


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    """{% timeline %}{% entry "Acknowledged" at=event.at by="Priya Shah" %}...{% endentry %}{% endtimeline %}"""
    return format_html('<div class="moj-timeline heed-timeline">{}</div>', content)


@register.simple_block_tag
def entry(content: str, title: str, *, at: datetime.date, by: str = "", level: int = 3) -> SafeString:
    """One sentence of a history with its time and person. at: an instant, or a date where no time is known."""
    shown = words.moment(at) if isinstance(at, datetime.datetime) else words.day(at)
    return format_html(
        '<div class="moj-timeline__item"><div class="moj-timeline__header">'
        '<h{level} class="moj-timeline__title">{title}</h{level}>{by}</div>'
        '<p class="moj-timeline__date"><time datetime="{machine}">{shown}</time></p>{body}</div>',
        level=level,
        title=title,
        by=format_html(' <p class="moj-timeline__byline">by {}</p>', by) if by else "",
        machine=at.isoformat(),
        shown=shown,
        body=format_html('<div class="moj-timeline__description">{}</div>', content) if content.strip() else "",
    )


@register.simple_block_tag
def rail_group(content: str, title: str) -> SafeString:
    """A group in the right rail of a case: the person, promises, people on the case."""
    return format_html(
        '<section class="heed-rail__group"><h2 class="heed-rail__title">{}</h2>{}</section>', title, content
    )


@register.inclusion_tag("heed/components/figure.html")
def figure(chart: Chart, level: int = 3, *, table: bool = True) -> dict[str, Any]:
    """A chart with its finding, what it measures, and its numbers as a table beneath, unless the page has that itself."""
    return {"chart": chart, "level": level, "table": table}


@register.inclusion_tag("heed/components/funnel.html")
def funnel(plot: Plot, level: int = 3) -> dict[str, Any]:
    """A funnel plot with its finding and what it measures; the page has its numbers as a table beneath."""
    return {"plot": plot, "level": level}


@register.inclusion_tag("heed/components/keys.html")
def worklist_keys() -> dict[str, Any]:
    """The keys of a list whose rows carry `data-row`, and the way to turn them off."""
    return {}


@register.inclusion_tag("heed/components/search_box.html")
def search_box(
    label: str, *, action: str = "", name: str = "q", value: str = "", keep: dict[str, str] | None = None
) -> dict[str, Any]:
    """A search by GET. keep: what else of the address is to stay, such as the chosen filters."""
    return {"label": label, "action": action, "name": name, "value": value, "keep": keep or {}}
