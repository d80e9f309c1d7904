"""What a browser is told about a file."""

import io

import pytest
from django.http import FileResponse
from django.test import override_settings
from tests.documents.samples import PDF
from tests.documents.test_actions import AT

from heed.audit.actor import Actor
from heed.documents import actions
from heed.documents.models import Attachment
from heed.documents.serving import attachment_response
from heed.organisations.models import Organisation


@pytest.fixture
def attachment(body: Organisation) -> Attachment:
    return actions.store(
        content=io.BytesIO(PDF), filename="Łódź “letter”.pdf", organisation_id=body.pk, by=Actor("staff", "1"), at=AT
    )


def test_it_is_saved_and_never_shown_in_the_page(attachment: Attachment) -> None:
    response = attachment_response(attachment)
    assert isinstance(response, FileResponse)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Length"] == str(len(PDF))
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    disposition = "attachment; filename*=utf-8''%C5%81%C3%B3d%C5%BA%20%E2%80%9Cletter%E2%80%9D.pdf"
    assert response["Content-Disposition"] == disposition
    response.close()


def test_what_is_missing_is_said_in_words(attachment: Attachment, caplog: pytest.LogCaptureFixture) -> None:
    attachment.blob.path.unlink()
    response = attachment_response(attachment)
    assert response.status_code == 410
    assert f"file's number is {attachment.pk}" in response.content.decode()
    assert attachment.blob.pk in caplog.text


def test_what_was_found_infected_is_not_handed_out(attachment: Attachment) -> None:
    attachment.blob.scan = "infected"
    response = attachment_response(attachment)
    assert response.status_code == 403
    assert "virus" in response.content.decode()


def test_our_own_policy_survives_the_middleware(attachment: Attachment, client: object) -> None:
    """The site's Content-Security-Policy does not take the place of the sandbox."""
    from csp.middleware import CSPMiddleware
    from django.test import RequestFactory

    with override_settings(DEBUG=False):
        response = CSPMiddleware(lambda request: attachment_response(attachment))(RequestFactory().get("/"))
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    response.close()
