"""FETCH answers read at once are what imapclient reads from them, octet by octet."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imapclient.response_parser import parse_fetch_response

from mailcrm.adapters.imap.fetched import answers_in

DATE = b'INTERNALDATE "26-Nov-2026 04:01:29 +0800"'
FORMS: dict[str, list[Any]] = {
    "heads": [b"1 (UID 7 RFC822.SIZE 4711 " + DATE + b")", b"2 (UID 8 RFC822.SIZE 1 " + DATE + b")"],
    "a date with a space": [b'1 (UID 7 INTERNALDATE " 6-Nov-2026 04:01:29 -0330")'],
    "another order": [b"1 (" + DATE + b" RFC822.SIZE 4711 UID 7)"],
    "a body": [(b"1 (UID 7 BODY[] {5}", b"a\r\nbc"), b")"],
    "a body before its uid": [(b"1 (BODY[] {5}", b"a\r\nbc"), b" UID 7)"],
    "a body and a date": [(b"1 (UID 7 " + DATE + b" BODY[] {5}", b"(1)\r\n"), b")"],
    "a header": [(b"1 (UID 7 BODY[HEADER] {2}", b"\r\n"), b" " + DATE + b")"],
    "told in pieces": [b"1 (UID 7 RFC822.SIZE 4711)", b"1 (UID 7 " + DATE + b")"],
    "with flags": [b"1 (UID 7 FLAGS (\\Seen) RFC822.SIZE 4711)"],
    "without uid": [b"1 (UID 7 RFC822.SIZE 4711)", b"3 (FLAGS (\\Seen))"],
    "an impossible date": [b'1 (UID 7 INTERNALDATE "31-Feb-2026 04:01:29 +0800")'],
    "no date": [b"1 (UID 7 INTERNALDATE NIL)"],
    "a quoted body": [b'1 (UID 7 BODY[] "abc")'],
    "fields of a header": [(b"1 (UID 7 BODY[HEADER.FIELDS (MESSAGE-ID)] {4}", b"\r\n\r\n"), b")"],
    "two literals": [(b"1 (UID 7 BODY[HEADER] {2}", b"\r\n"), (b" BODY[] {2}", b"ab"), b")"],
    "Gmail's number": [b"1 (X-GM-THRID 1278455344230334865 UID 7 RFC822.SIZE 4711)"],
    "nothing": [],
}


def by_the_book(responses: list[Any]) -> dict[int, dict[bytes, Any]]:
    read = parse_fetch_response(responses, normalise_times=False, uid_is_key=True)
    return {uid: {name: value for name, value in answer.items() if name != b"SEQ"} for uid, answer in read.items()}


def ours(responses: list[Any]) -> dict[int, dict[bytes, Any]]:
    return {
        uid: {name: one for name, one in answer.items() if name != b"SEQ"}
        for uid, answer in answers_in(responses).items()
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_read_as_by_imapclient(form: str) -> None:
    assert ours(FORMS[form]) == by_the_book(FORMS[form])


@given(st.lists(st.tuples(st.integers(1, 2**32 - 1), st.binary(max_size=40)), max_size=5, unique_by=lambda one: one[0]))
def test_any_octets_are_a_body(mails: list[tuple[int, bytes]]) -> None:
    responses: list[Any] = []
    for number, (uid, raw) in enumerate(mails, 1):
        responses += [(b"%d (UID %d BODY[] {%d}" % (number, uid, len(raw)), raw), b")"]
    assert {uid: answer[b"BODY[]"] for uid, answer in answers_in(responses).items()} == dict(mails)
