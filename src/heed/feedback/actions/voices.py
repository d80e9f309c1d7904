"""Record what is heard elsewhere, one by one or from a table, say what it is about, and take it back (R186)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from heed.audit.actions import record
from heed.audit.actor import Actor
from heed.audit.refusals import Refused
from heed.facts import actions as facts
from heed.feedback import projections, rules, voices
from heed.feedback.models import Batch, Feedback, Voice, VoiceWords
from heed.feedback.voices import Heard
from heed.organisations import code_lists
from heed.organisations.models import Organisation, Service

AT_ONCE = 500


def record_voice(
    *, organisation: Organisation, heard: Heard, submission_key: str | None = None, by: Actor, at: datetime
) -> Voice:
    """Keep one. The same `submission_key` twice keeps one. Raises Refused with a sentence and the field it concerns."""
    heard = replace(heard, words=rules.clean(heard.words).strip(), where=rules.clean(heard.where).strip())
    _check(organisation, heard, at)
    try:
        with transaction.atomic():
            return _keep(organisation, heard, by, at, submission_key=submission_key)
    except IntegrityError:  # the same form was sent before, or at the same moment
        already = Voice.objects.filter(submission_key=submission_key or "", organisation=organisation).first()
        if already is None:
            raise
        return already


def _check(organisation: Organisation, heard: Heard, at: datetime) -> None:
    if heard.source not in code_lists.load("other-voices"):
        raise Refused("Choose where this was heard.", "source")
    if heard.tone not in ("", *voices.TONES):
        raise Refused("Say whether it is something good, or that you do not know.", "tone")
    if heard.subject and heard.subject not in code_lists.load(organisation.subject_list):
        raise Refused("Choose one of the organisation’s subjects.", "subject")
    if heard.service_id and not Service.objects.filter(organisation=organisation, pk=heard.service_id).exists():
        raise Refused("Choose one of the organisation’s services.", "service_id")
    if refusal := voices.why_not_record(heard, timezone.localdate(at)):
        raise Refused(*refusal)


def _keep(
    organisation: Organisation,
    heard: Heard,
    by: Actor,
    at: datetime,
    *,
    submission_key: str | None = None,
    import_key: str | None = None,
    batch: Batch | None = None,
) -> Voice:
    voice = Voice.objects.create(
        organisation=organisation, service_id=heard.service_id, source=heard.source, subject=heard.subject,
        tone=heard.tone, heard_on=heard.heard_on, from_on=heard.from_on,
        number=voices.few(heard.source, heard.number), of_how_many=heard.of_how_many, where=heard.where,
        submission_key=submission_key, import_key=import_key, batch=batch, by_id=by.member_id, at=at,
    )  # fmt: skip
    if heard.words:
        VoiceWords.objects.create(voice=voice, text=heard.words)
    if batch is None:
        record(by=by, at=at, verb="voice_recorded", kind="voice", object_id=voice.pk, detail={"source": voice.source})
    return voice


def bring_in(*, organisation: Organisation, heard: Iterable[Heard], file_name: str, by: Actor, at: datetime) -> Batch:
    """Keep many, in parts of at most 500 rows. A row that was brought in before is known by all that it says, and by its place
    among equal ones, and is not kept twice: so a file that broke off is brought in again. Raises Refused."""
    batch = Batch.objects.create(organisation=organisation, file_name=file_name[:255], started_at=at)
    seen: dict[str, int] = {}
    part: list[tuple[str, Heard]] = []
    for one in heard:
        _check(organisation, one, at)
        same = hashlib.sha256(repr(one).encode()).hexdigest()
        seen[same] = seen.get(same, 0) + 1
        part.append((f"{same}-{seen[same]}", one))
        if len(part) == AT_ONCE:
            _keep_part(batch, part, by, at)
            part = []
    _keep_part(batch, part, by, at)
    batch.finished_at = at
    batch.save(update_fields=["finished_at"])
    return batch


@transaction.atomic
def _keep_part(batch: Batch, part: list[tuple[str, Heard]], by: Actor, at: datetime) -> None:
    keys = [key for key, _ in part]
    there = set(
        Voice.objects.filter(organisation=batch.organisation, import_key__in=keys).values_list("import_key", flat=True)
    )
    for key, heard in part:
        if key not in there:
            _keep(batch.organisation, heard, by, at, import_key=key, batch=batch)
    batch.rows_in += len(part) - len(there)
    batch.rows_there += len(there)
    batch.save(update_fields=["rows_in", "rows_there"])
    record(by=by, at=at, verb="voices_brought_in", kind="batch", object_id=batch.pk, detail={"rows": len(part)})


@transaction.atomic
def say_subjects(
    *,
    organisation: Organisation,
    of_voices: Mapping[int, str],
    of_feedback: Mapping[int, str],
    by: Actor,
    at: datetime,
) -> int:
    """Say what voices, and comments and compliments, are about: subjects by primary key. How many changed. What has a case
    says it by its issues, so it is left as it is. Raises Refused for a subject that is not of the list."""
    known = code_lists.load(organisation.subject_list)
    for code in (*of_voices.values(), *of_feedback.values()):
        if code not in known:
            raise Refused("Choose one of the organisation’s subjects.")
    changed = 0
    for voice in Voice.objects.select_for_update().filter(organisation=organisation, pk__in=list(of_voices)):
        if voice.subject != of_voices[voice.pk]:
            voice.subject = of_voices[voice.pk]
            voice.save(update_fields=["subject"])
            changed += 1
    items = Feedback.objects.select_for_update(of=("self",)).select_related("organisation", "service")
    for item in items.filter(organisation=organisation, case__isnull=True, pk__in=list(of_feedback)):
        if item.subject != of_feedback[item.pk]:
            item.subject = of_feedback[item.pk]
            item.save(update_fields=["subject"])
            facts.put_feedback(str(item.pk), projections.fact(item))
            changed += 1
    if changed:
        detail = {"voices": sorted(of_voices), "feedback": sorted(of_feedback)}
        record(by=by, at=at, verb="subjects_said", kind="organisation", object_id=organisation.pk, detail=detail)
    return changed


@transaction.atomic
def take_back(*, organisation: Organisation, voice_id: int, by: Actor, at: datetime) -> bool:
    """Count it no more, and forget its words: it was recorded by mistake. False when it was taken back already."""
    voice = Voice.objects.select_for_update().filter(organisation=organisation, pk=voice_id, taken_back_at=None).first()
    if voice is None:
        return False
    VoiceWords.objects.filter(voice=voice).delete()
    voice.taken_back_at = at
    voice.save(update_fields=["taken_back_at"])
    record(by=by, at=at, verb="voice_taken_back", kind="voice", object_id=voice.pk)
    return True


@transaction.atomic
def take_back_batch(*, organisation: Organisation, batch_id: int, by: Actor, at: datetime) -> int:
    """Count nothing of what one file brought in any more, and forget the words. How many there were."""
    rows = Voice.objects.filter(organisation=organisation, batch_id=batch_id, taken_back_at=None)
    if not rows.exists():  # nor has any batch a number that fits no database
        return 0
    VoiceWords.objects.filter(voice__in=rows).delete()
    many = rows.update(taken_back_at=at, import_key=None)
    record(by=by, at=at, verb="voices_taken_back", kind="batch", object_id=batch_id, detail={"rows": many})
    return many
