"""Other voices: what is heard beside what people tell us themselves, and what comments are about."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from heed.accounts.permissions import Permission
from heed.design import words
from heed.design.components import Link
from heed.feedback import voices as rules
from heed.feedback.actions import voices as actions
from heed.feedback.queries import voices as queries
from heed.feedback.rules import gist
from heed.insight import export
from heed.insight.periods import CHOICES
from heed.insight.queries import everything
from heed.insight.queries.scope import scope_of
from heed.insight.queries.suggesting import suggester
from heed.learning import actions as actions_of_learning
from heed.learning import queries as learning
from heed.organisations import code_lists
from heed.organisations import queries as organisations
from heed.staff import learning_page, paging
from heed.staff.forms.voices import BringInForm, SubjectsForm, VoiceForm
from heed.staff.forms.warnings import LearnForm
from heed.staff.navigation import SEES_WARNINGS
from heed.staff.scope import StaffRequest, member

RECORDS = Permission.RECORD_VOICES
KIND = "voice"  # of the origin of what is learned
AT_ONCE = 10
PERIODS = (3, *CHOICES)


@member(RECORDS)
@require_safe
def voices(request: StaffRequest, org: str) -> HttpResponse:
    """What was recorded, newest first."""
    organisation, listed = request.organisation, code_lists.load("other-voices")
    source, subject = request.GET.get("source", ""), request.GET.get("subject", "")
    source, subject = source if source in listed else "", subject if subject in _subjects(organisation) else ""
    service = _service_asked(request)
    found = queries.heard(organisation.pk, source=source, service_id=service and service.pk, subject=subject)
    page = paging.page(found, "heard_on", request.GET, newest_first=True)
    learned = learning.arising_from_each(request.viewer, KIND, [voice.pk for voice in page.rows])
    context = {
        "page": page,
        "lines": [_shown(voice, organisation) | {"learned": learned[str(voice.pk)]} for voice in page.rows],
        "may_learn": request.viewer.may(Permission.RECORD_LEARNING),
        "sources": [Link("All", "?", current=not source)]
        + [Link(label, f"?source={code}", current=code == source) for code, label in listed.choices()],
        "narrowed": source or subject or service,
        "about": (_subjects(organisation).label(subject) if subject else "") or (service.name if service else ""),
        "batches": queries.batches(organisation.pk),
    }
    return render(request, "staff/voices/list.html", context)


def _service_asked(request: StaffRequest) -> Any:
    code = request.GET.get("service", "")
    return next((row for row in organisations.every_service(request.organisation.pk) if row.code == code), None)


def _subjects(organisation: Any) -> Any:
    return code_lists.load(organisation.subject_list)


def _shown(voice: Any, organisation: Any) -> dict[str, Any]:
    listed = _subjects(organisation)
    about = listed.label(voice.subject) if voice.subject in listed else ""
    return {
        "voice": voice,
        "source": code_lists.load("other-voices").label(voice.source),
        "about": ", ".join(part for part in (about, voice.service.name if voice.service else "") if part),
        "words": voice.words.text if hasattr(voice, "words") else "",
        "number": _number(voice),
        "tone": rules.TONES.get(voice.tone, ""),
    }


def _number(voice: Any) -> str:
    if voice.of_how_many:
        return f"{voice.number or 0:,} of {voice.of_how_many:,}"
    return "Fewer than 5" if voice.number is None else f"{voice.number:,}"


@member(RECORDS)
def record_voice(request: StaffRequest, org: str) -> HttpResponse:
    """One thing that was heard elsewhere."""
    form = VoiceForm.of(request, organisation=request.organisation)
    if form.apply(actions.record_voice):
        messages.success(request, "It is recorded, and counted beside what people tell us themselves.")
        return redirect("voices", org)
    return render(request, "staff/voices/record.html", {"form": form})


@member(RECORDS)
def bring_in_voices(request: StaffRequest, org: str) -> HttpResponse:
    """A table: every row that cannot be kept is listed with the reason, and nothing is lost."""
    form = BringInForm.of(request, organisation=request.organisation, today=timezone.localdate())
    if form.apply(actions.bring_in):
        batch = form.result
        there = f" {words.count(batch.rows_there, 'row')} had been brought in before." if batch.rows_there else ""
        kept = "is" if batch.rows_in == 1 else "are"
        messages.success(request, f"{words.count(batch.rows_in, 'row')} {kept} kept.{there}")
        return redirect("voices", org)
    return render(request, "staff/voices/bring_in.html", {"form": form})


@member(RECORDS)
def learn_from_voice(request: StaffRequest, org: str, voice_id: int) -> HttpResponse:
    """Record what something taught that was heard elsewhere."""
    voice = queries.voice(request.organisation.pk, voice_id)
    if voice is None or not request.viewer.may(Permission.RECORD_LEARNING):
        raise Http404
    line = _shown(voice, request.organisation)
    parts = (line["source"], words.day(voice.heard_on), voice.where)
    # It stands in the library for all: of a few that are soon recognised, not even on what day there were any.
    sentence = ", ".join(part for part in parts if part) if voice.number is not None else line["source"]
    origin = actions_of_learning.Origin(KIND, str(voice_id), sentence)
    form = LearnForm.of(
        request, organisation=request.organisation, service=voice.service, initial=learning_page.beginning(request)
    )
    if learning_page.keep(request, form, actions_of_learning.learn_from, again={"origin": origin}, origin=origin):
        return learning_page.after(request, form, "voices", org)
    return render(request, "staff/voices/learn.html", {"form": form, "line": line})


@member(RECORDS)
@require_POST
def take_back_voice(request: StaffRequest, org: str, voice_id: int) -> HttpResponse:
    """It was recorded by mistake."""
    if queries.voice(request.organisation.pk, voice_id) is None:
        raise Http404
    actions.take_back(organisation=request.organisation, voice_id=voice_id, by=request.viewer.actor, at=timezone.now())
    messages.success(request, "It is counted no more, and its words are gone.")
    return redirect("voices", org)


@member(RECORDS)
@require_POST
def take_back_voices(request: StaffRequest, org: str, batch_id: int) -> HttpResponse:
    """A whole file was brought in by mistake."""
    many = actions.take_back_batch(
        organisation=request.organisation, batch_id=batch_id, by=request.viewer.actor, at=timezone.now()
    )
    if not many:
        raise Http404
    messages.success(request, f"{words.count(many, 'row')} taken back: counted no more, and their words are gone.")
    return redirect("voices", org)


@dataclass(frozen=True)
class Text:
    """One text of which nobody has said what it is about. `name` is its field in the form."""

    name: str
    what: str
    on: Any
    service: str
    words: str
    offers: tuple[Any, ...]

    @property
    def gist(self) -> str:
        return gist(self.words, 60)


@member(RECORDS)
def say_subjects(request: StaffRequest, org: str) -> HttpResponse:
    """What comments, compliments and other voices are about: ten at a time, with what Heed would suggest."""
    texts = _texts(request.organisation)
    form = SubjectsForm.of(request, organisation=request.organisation, texts=texts)
    if form.apply(actions.say_subjects):
        messages.success(request, f"{words.count(form.result, 'text')} said what about.")
        return redirect("say_subjects", org)
    pairs = [(text, form[text.name]) for text in texts]
    return render(request, "staff/voices/subjects.html", {"form": form, "pairs": pairs})


def _texts(organisation: Any) -> list[Text]:
    listed, suggest = code_lists.load("other-voices"), suggester(organisation)
    found = [
        Text(f"feedback_{item.pk}", item.get_kind_display(), timezone.localdate(item.received_at), _service(item),
             item.narrative.text, suggest(item.narrative.text).offers)
        for item in queries.uncoded_feedback(organisation.pk, AT_ONCE)
        if hasattr(item, "narrative")
    ]  # fmt: skip
    found += [
        Text(f"voice_{voice.pk}", listed.label(voice.source), voice.heard_on, _service(voice), voice.words.text,
             suggest(voice.words.text).offers)
        for voice in queries.uncoded_voices(organisation.pk, AT_ONCE - len(found))
    ]  # fmt: skip
    return found


def _service(of: Any) -> str:
    return of.service.name if of.service else ""


@member(*SEES_WARNINGS)
@require_safe
def everything_heard(request: StaffRequest, org: str) -> HttpResponse:
    """All ways in which people are heard, by theme or by service."""
    page = _everything(request)
    months = len(page.period.months)
    context = {
        "page": page,
        "by": [Link(label, f"?by={code}&months={months}", current=page.by == code)
               for code, label in (("subject", "By theme"), ("service", "By service"))],
        "periods": [Link(f"The last {number} months", f"?by={page.by}&months={number}", current=months == number)
                    for number in PERIODS],
        "may_record": request.viewer.may(RECORDS),
        "table": [(line, _cells(request, page, line)) for line in page.lines],
        "sees_all": request.viewer.may(Permission.SEE_ALL_CASES),
        "download": f"{reverse('everything_heard_csv', args=[org])}?by={page.by}&months={months}",
    }  # fmt: skip
    return render(request, "staff/voices/everything.html", context)


def _cells(request: StaffRequest, page: everything.Everything, line: everything.Line) -> list[tuple[Any, str]]:
    """Each cell of a line, with the list of what stands behind it, for who may read that; of the four Cs there is none."""
    place = reverse("voices", args=[request.organisation.code]) if line.code and request.viewer.may(RECORDS) else ""
    return [
        (cell, f"{place}?{urlencode({'source': column.source, page.by: line.code})}" if place and column.source else "")
        for column, cell in zip(page.columns, line.cells, strict=True)
    ]


@member(*SEES_WARNINGS)
@require_safe
def everything_heard_csv(request: StaffRequest, org: str) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    text = export.as_csv(everything.rows(_everything(request)))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{org}-everything-heard.csv"'
    return response


def _everything(request: StaffRequest) -> everything.Everything:
    asked = request.GET.get("months", "")
    return everything.everything_heard(
        scope_of(request.viewer, request.organisation),
        by="service" if request.GET.get("by") == "service" else "subject",
        months=int(asked) if asked in map(str, PERIODS) else 12,
        at=timezone.now(),
    )
