"""The server for real people, and what keeps the demonstration apart from it."""

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest
from tests.config.serving import environment, run, serving

pytestmark = pytest.mark.network
SET_UP = "import django; django.setup(); from django.utils.timezone import now;"
MARK = SET_UP + "from heed.accounts.models import DemoMarker; DemoMarker.objects.create(made_at=now())"
REAL = SET_UP + "from heed.accounts.models import User; User.objects.create_user('real@example.org', 'A Real Person')"


@pytest.fixture
def env(database_url, tmp_path) -> dict[str, str]:
    return environment(database_url, tmp_path / "data")


@pytest.fixture
def bare(tmp_path) -> dict[str, str]:
    """For what asks nothing of a database: so it is not tried on both."""
    values = environment(f"sqlite:///{tmp_path / 'new.sqlite3'}", tmp_path / "data")
    values.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # the browser's tests set it for this process
    return values


def python(code: str, env: dict[str, str]) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "heed.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=env | settings, capture_output=True, text=True, check=True)
    return done.stdout


def ask(port: int, method: str, path: str, body: object = None, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


def test_pages_are_served_from_one_command(env):
    with serving("serve", "--workers", "1", env=env | {"HEED_PROXY": "1"}) as (port, said):
        assert said.startswith(f"Heed is at http://127.0.0.1:{port}/")
        insecure, headers, _ = ask(port, "GET", "/sign-in/")
        assert (insecure, headers["location"]) == (301, f"https://127.0.0.1:{port}/sign-in/")
        status, headers, page = ask(port, "GET", "/sign-in/", **{"X-Forwarded-Proto": "https"})
        assert status == 200
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert "Secure" in headers["set-cookie"]
        assert "__Host-heed-form=" in headers["set-cookie"]
        stylesheet = page.split('rel="stylesheet" href="')[1].split('"')[0]
        status, headers, _ = ask(port, "GET", stylesheet, **{"X-Forwarded-Proto": "https"})
        assert status == 200
        assert "immutable" in headers["cache-control"]
        assert run("serve", "--port", str(port), env=env).returncode == 2


def test_a_taken_port_is_said_with_another_to_try(env):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("serve", "--port", str(port), env=env)
    assert done.returncode == 2
    assert f"port {port} is in use by another program" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_hundred_megabytes_are_answered_and_not_kept_in_memory(env):
    """Read and thrown away past the limit: the process stays small, and the browser sees a page."""
    boundary = "heed"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="film.mp4"\r\n\r\n'.encode()
    size = 100 * 2**20

    def body() -> Iterator[bytes]:
        yield head
        for _ in range(size // 2**16):
            yield b"x" * 2**16
        yield f"\r\n--{boundary}--\r\n".encode()

    length = len(head) + size + len(boundary) + 8
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Content-Length": str(length)}
    with serving("serve", "--workers", "1", env=env | {"HEED_HTTPS": "0"}) as (port, _):
        before = memory()
        status, _, page = ask(port, "POST", "/sign-in/", body(), **headers)
        grown = memory() - before
    assert status == 403
    assert "once more" in page
    assert grown < 60 * 2**20, f"grew by {grown / 2**20:.0f} MiB"


def memory() -> int:
    """Bytes held by the servers that this process started."""
    return sum(child.memory_info().rss for child in psutil.Process(os.getpid()).children(recursive=True))


class TestWhatServeRefuses:
    def test_a_database_without_tables(self, bare):
        done = run("serve", env=bare)
        assert done.returncode == 2
        assert "start with --migrate" in done.stderr

    def test_a_database_that_is_behind(self, env):
        assert run("manage", "migrate", "--fake", "care", "zero", env=env).returncode == 0
        done = run("serve", env=env)
        assert done.returncode == 2
        assert "behind this version of Heed" in done.stderr

    def test_the_switch_of_the_demonstration(self, bare):
        done = run("serve", env=bare | {"HEED_DEMO": "1"})
        assert done.returncode == 2
        assert "HEED_DEMO" in done.stderr

    def test_the_database_of_a_demonstration(self, env):
        python(MARK, env)
        for words in ((), ("--migrate",)):
            done = run("serve", *words, env=env)
            assert done.returncode == 2
            assert "demonstration" in done.stderr


class TestTheDemonstrationIsKeptApart:
    def test_it_refuses_a_database_that_it_did_not_make(self, env):
        python(REAL, env)
        done = run("demo", "--no-serve", env=env)
        assert done.returncode == 2
        assert "not made by `heed demo`" in done.stderr

    def test_its_routes_are_absent_outside_it(self, bare):
        code = SET_UP + "from django.urls import get_resolver; print(*get_resolver().reverse_dict)"
        names = {"demo_step_in", "mailbox", "mailbox_item"}
        assert not names & set(python(code, bare).split())
        assert names <= set(python(code, bare | {"HEED_DEMO": "1"}).split())

    def test_nobody_steps_in_where_the_database_is_not_a_demonstrations(self, env):
        python(REAL, env)
        code = SET_UP + (
            "from django.test import Client; from heed.config.static import gather; gather();"
            "answer = Client(headers={'host': 'localhost'}).post('/demo/step-in/', {'person': '1'});"
            "print(answer.status_code, len(answer.cookies))"
        )
        assert python(code, env | {"HEED_DEMO": "1"}).split() == ["404", "0"]

    def test_it_listens_on_this_machine_only(self, env):
        python(MARK, env)
        with serving("demo", env=env) as (port, _):
            listening = [
                connection.laddr
                for process in psutil.Process(os.getpid()).children(recursive=True)
                for connection in process.net_connections()
                if connection.status == psutil.CONN_LISTEN
            ]
        assert {(address.ip, address.port) for address in listening} == {("127.0.0.1", port)}


def test_django_finds_nothing_to_say_of_the_settings(bare):
    done = run("manage", "check", "--deploy", "--fail-level=WARNING", env=bare | {"HEED_PROXY": "1"})
    assert done.returncode == 0, done.stderr
