"""What the fact rows of feedback, of requests and of answers say, worked out from what they are of."""

from datetime import date
from typing import Any

from django.utils import timezone

from heed.feedback import survey_keys, surveys
from heed.feedback.models import Feedback, SurveyReply, SurveyRequest


def fact(feedback: Feedback) -> dict[str, Any]:
    return {
        "organisation": feedback.organisation.code,
        "service": feedback.service.code if feedback.service else "",
        "kind": feedback.kind,
        "channel": feedback.channel,
        "subject": feedback.subject,
        "received_on": timezone.localdate(feedback.received_at),
        "imported": feedback.batch_id is not None,
    }


def search_title(feedback: Feedback) -> str:
    name = feedback.complainant.name if feedback.complainant else ""
    return f"{feedback.reference} {name}".strip()


def request_fact(request: SurveyRequest) -> tuple[str, dict[str, Any]]:
    """The id and the columns of the fact that somebody was asked."""
    return survey_keys.of_request(request.pk), {
        "organisation": request.organisation.code,
        "service": request.service,
        "kind": "request",
        "month": request.asked_on.replace(day=1),
        "audience": request.audience,
        "occasion": request.occasion,
        "answered": request.state == "answered",
    }


def answer_facts(reply: SurveyReply) -> dict[str, dict[str, Any]]:
    """The facts of all answers of a form, by id."""
    asked = surveys.of_version(reply.audience, reply.questionnaire)
    return {
        survey_keys.of_answer(reply.pk, question): {
            "organisation": reply.organisation,
            "service": reply.service,
            "kind": "answer",
            "month": date.fromisoformat(f"{reply.told_in}-01"),
            "audience": reply.audience,
            "campaign": reply.campaign,
            "occasion": reply.occasion,
            "stage": asked.stage_of(question).key,
            "question": question,
            "answer": answer,
        }
        for question, answer in reply.answers.items()
    }
