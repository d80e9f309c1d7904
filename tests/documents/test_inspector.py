"""What a content is, whatever it is called. Run here in this process; `test_inspection` runs the child."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.samples import HTML, MAIL, REFUSED, SVG, TAKEN, ole

from heed.documents import kinds
from heed.documents.inspector.program import find

taken = [
    pytest.param(kind, content, id=f"{kind}-{place}")
    for kind, all_ in TAKEN.items()
    for place, content in enumerate(all_)
]
refused = [
    pytest.param(why, content, id=f"{why}-{place}")
    for why, all_ in REFUSED.items()
    for place, content in enumerate(all_)
]


def test_there_is_a_sample_of_every_kind_that_is_taken() -> None:
    assert set(TAKEN) == set(kinds.KINDS)


@pytest.mark.parametrize(("kind", "content"), taken)
def test_it_knows(kind: str, content: bytes) -> None:
    found = find(io.BytesIO(content))
    assert (found.kind, found.refusal) == (kind, "")


@pytest.mark.parametrize(("why", "content"), refused)
def test_it_refuses(why: str, content: bytes) -> None:
    found = find(io.BytesIO(content))
    assert (found.kind, found.refusal) == ("", why)


LOOKS = [
    (HTML, "web_page"),
    (b"\n <!-- so --> <HTML>", "web_page"),
    (b"<script>alert(1)</script>", "web_page"),
    (b'<?xml version="1.0"?><x:y xmlns:x="http://www.w3.org/1999/xhtml">', "web_page"),
    (b"<?php echo 1 ?>", "web_page"),
    ("<html>".encode("utf-16"), "web_page"),
    (SVG, "drawing"),
    (b"<!DOCTYPE svg PUBLIC 'x'><svg:svg>", "drawing"),
    (b"#!/bin/sh\nrm -rf /", "script"),
    (b"@ECHO OFF\r\n", "script"),
    ("Windows Registry Editor Version 5.00\r\n".encode("utf-16"), "script"),
    (b"%!PS-Adobe-3.0", "script"),
    (b"<note>for the ward</note>", ""),
    (b"I said <script> once", ""),
]


@pytest.mark.parametrize(("content", "looks"), LOOKS)
def test_it_says_what_a_text_looks_like(content: bytes, looks: str) -> None:
    assert find(io.BytesIO(content)) == ("text", "", looks, "")


def test_a_second_opinion_names_what_is_unknown() -> None:
    assert "SQLite" in find(io.BytesIO(b"SQLite format 3\0" + bytes(100))).hint


def test_a_directory_that_turns_in_a_circle_ends() -> None:
    content = bytearray(ole("Nothing"))
    content[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")  # after sector 1 comes sector 1
    assert find(io.BytesIO(bytes(content))).refusal == "unknown"


@given(st.binary(max_size=3000))
def test_no_content_is_an_error(content: bytes) -> None:
    found = find(io.BytesIO(content))
    assert (found.kind in kinds.KINDS) is not (found.refusal in kinds.REFUSALS)


whole = [content for all_ in (*TAKEN.values(), *REFUSED.values()) for content in all_]


@given(st.sampled_from(whole), st.integers(0, 4000), st.binary(max_size=12), st.integers(0, 4000))
def test_no_broken_content_is_an_error(content: bytes, place: int, other: bytes, end: int) -> None:
    found = find(io.BytesIO((content[:place] + other + content[place + len(other) :])[: end or None]))
    assert (found.kind in kinds.KINDS) is not (found.refusal in kinds.REFUSALS)


def test_an_e_mail_needs_more_than_a_line_or_two_of_headers() -> None:
    assert find(io.BytesIO(MAIL)).kind == "mail"
    assert find(io.BytesIO(b"Subject: late\n\nFrom: Jo\nDate: today\nTo: you")).kind == "text"
