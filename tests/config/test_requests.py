"""What every request passes through: odd addresses, large bodies, headers, forms that were open too long."""

import io
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import path

pytestmark = pytest.mark.urls(__name__)


def echo(request: HttpRequest) -> HttpResponse:
    sizes = ",".join(str(file.size) for _, files in request.FILES.lists() for file in files)
    return HttpResponse(f"words={len(request.POST.get('words', ''))} sizes={sizes}")


def members_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("saved") if request.user.is_authenticated else redirect("/sign-in/?next=/members/")


def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sign in")


echo.__module__ = "heed.portal.views.pretend"
handler400 = "heed.config.errors.bad_request"  # these addresses stand in for the real ones
urlpatterns = [
    path("echo/", echo),
    path("members/", members_only),
    path("sign-in/", sign_in, name="sign_in"),
]
OURS = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}


def test_pages_say_what_a_browser_may_do_with_them(client):
    headers = client.get("/sign-in/").headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "object-src 'none'"):
        assert rule in policy
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_pages_of_the_portal_send_no_referrer(client):
    assert client.get("/echo/").headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("address", ["/echo/%00", "/echo/?q=%00", "/echo/?%00=q", "/echo/?a=1&a=x%00y"])
def test_a_nul_in_an_address_is_not_understood(client, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "We could not understand" in answer.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "elsewhere.example"},
        {"HTTP_HOST": "elsewhere.example", "HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"},
        {"HTTP_COOKIE": 'heed="\\000abcdefghijklmnop"'},
        {"CONTENT_LENGTH": "twelve"},
        {"CONTENT_LENGTH": "-1"},
        *({"CONTENT_TYPE": f"multipart/form-data; boundary=b; charset={name}"} for name in ("hex", "idna", "utf-7")),
    ],
)
def test_what_no_browser_sends_is_not_understood(headers):
    body = b'--b\r\nContent-Disposition: form-data; name="words"\r\n\r\n+2AA-\r\n--b--\r\n'
    answer = Client().generic("POST", "/echo/", body, **headers)
    assert answer.status_code == 400
    assert "We could not understand" in answer.content.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_more_words_than_anyone_types_get_a_page_and_not_a_fault(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post("/echo/", "words=" + "x" * 2000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "too much to send at once" in answer.content.decode()


def test_a_request_beyond_all_measure_is_not_read(rf, client):
    answer = client.generic("POST", "/echo/", b"", CONTENT_LENGTH=str(2**40))
    assert answer.status_code == 413


def test_fifty_thousand_words_are_taken(client):
    words = "wörter😀 " * 50_000
    assert f"words={len(words)}" in client.post("/echo/", {"words": words}).content.decode()


def test_a_file_that_is_too_large_is_cut_just_past_the_limit_and_the_words_are_kept(client, settings):
    settings.LARGEST_FILE = 100_000
    files = [SimpleUploadedFile("large.pdf", b"x" * 1_000_000), SimpleUploadedFile("small.pdf", b"y" * 99)]
    answer = client.post("/echo/", {"words": "all of them", "files": files}).content.decode()
    assert answer == f"words={len('all of them')} sizes=100001,99"


class TestAFormOpenTooLong:
    """Nothing that was typed is lost, and nobody else's page can use it."""

    LONG = "My mother waited four hours, and nobody told us why. <b>Please</b> find out what happened."

    def send(self, address: str = "/echo/", *, fields: dict[str, object] | None = None, **headers: str) -> HttpResponse:
        client = Client(enforce_csrf_checks=True)
        return client.post(address, fields or {"words": self.LONG, "service": "ward-7"}, **headers)

    def test_the_words_come_back_with_a_way_to_send_them(self):
        answer = self.send(**OURS)
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "&lt;b&gt;Please&lt;/b&gt; find out" in page
        assert 'name="service" value="ward-7"' in page
        assert 'action="/echo/"' in page

    def test_sending_them_again_is_accepted(self):
        client = Client(enforce_csrf_checks=True)
        page = client.post("/echo/", {"words": self.LONG}, **OURS).content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        answer = client.post("/echo/", {"words": self.LONG, "csrfmiddlewaretoken": token}, **OURS)
        assert f"words={len(self.LONG)}" in answer.content.decode()

    def test_a_phone_too_old_to_vouch_is_judged_by_the_token(self):
        client = Client(enforce_csrf_checks=True)
        page = client.post("/echo/", {"words": self.LONG}, **OURS).content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        fields = {"words": self.LONG, "csrfmiddlewaretoken": token}
        assert client.post("/echo/", fields, HTTP_ORIGIN="null").status_code == 200
        assert client.post("/echo/", {**fields, "csrfmiddlewaretoken": "x" * 64}, HTTP_ORIGIN="null").status_code == 403

    def test_files_are_asked_for_again(self):
        photo = SimpleUploadedFile("photo.jpg", b"jpeg")
        assert (
            "Choose photo.jpg again" in self.send(fields={"words": self.LONG, "files": photo}, **OURS).content.decode()
        )

    @pytest.mark.parametrize(
        "headers",
        [
            {"HTTP_ORIGIN": "https://elsewhere.example", "HTTP_SEC_FETCH_SITE": "cross-site"},
            {"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"},
            {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-site"},
            {"HTTP_ORIGIN": "null"},
            {},
        ],
    )
    def test_words_from_a_page_that_is_not_ours_are_not_offered(self, headers):
        answer = self.send(**headers)
        assert answer.status_code == 403
        assert "find out" not in answer.content.decode()

    @pytest.mark.parametrize("name", ["password", "secret_code", "new_password1"])
    def test_secrets_are_never_shown_again(self, name):
        answer = self.send(fields={name: "correct horse", "reference": "HEED-1"}, **OURS)
        assert "correct horse" not in answer.content.decode()
        assert "HEED-1" not in answer.content.decode()

    def test_a_browser_that_sends_no_origin_with_our_own_form_is_believed_when_it_vouches_for_it(self):
        answer = self.send(HTTP_ORIGIN="null", HTTP_SEC_FETCH_SITE="same-origin")
        assert "find out" in answer.content.decode()

    def test_whoever_was_signed_out_meanwhile_finds_the_words_and_the_way_in(self, client):
        answer = client.post("/members/", {"words": self.LONG}, **OURS)
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Your sign-in ran out" in page
        assert "find out what happened" in page
        assert 'href="/sign-in/"' in page
        assert 'action="/members/"' in page

    def test_whoever_typed_nothing_is_led_to_sign_in(self, client):
        assert client.get("/members/").status_code == 302
        assert client.post("/members/", {}, **OURS).status_code == 302


def test_the_log_keeps_nobodys_words():
    from heed.config.logs import WithoutWords

    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutWords())
    log = logging.Logger("heed.test")
    log.addHandler(handler)
    try:
        try:
            raise ValueError("the words of Mrs Ahmed")
        except ValueError as error:
            raise KeyError("her name") from error
    except KeyError:
        log.exception("a page failed")
    said = stream.getvalue()
    assert "a page failed" in said
    assert "builtins.ValueError" in said
    assert "builtins.KeyError" in said
    assert "test_requests.py" in said
    assert "Ahmed" not in said
    assert "her name" not in said
