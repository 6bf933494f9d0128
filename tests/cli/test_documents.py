"""Rows as JSON: the names and forms of the specification."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailcrm.cli.documents import document
from mailcrm.domain.words import say
from mailcrm.queries.rows import ImportReport, MessageRow, Person, ThreadRow, Worklist

AT = datetime(2026, 11, 24, 16, 30, 5, 700, tzinfo=UTC)
ANA = Person("Ana Ruiz", "ana@valvulas.example")


def message(body: str | None = None) -> MessageRow:
    return MessageRow(
        id="m1",
        message_id="a@valvulas.example",
        from_=ANA,
        to=(Person("", "rep@ningbo.example"),),
        cc=(),
        subject="Valves",
        arrived_at=AT,
        side="theirs",
        kind="human",
        purpose="inquiry",
        gist="",
        history=False,
        body=body,
        reply=body,
        attachments=None if body is None else (),
    )


def thread() -> ThreadRow:
    return ThreadRow(
        id="t1",
        subject="Valves",
        company=None,
        company_id=None,
        contact_id="c1",
        role="customer",
        participants=(ANA,),
        state="running",
        result=None,
        first_touch=None,
        answered_at=None,
        answered_by=None,
        external=False,
        due=AT,
        reply_due=AT,
        account_id="a1",
        zone="Asia/Shanghai",
        messages=(message(),),
    )


def test_a_person_is_a_name_and_an_address() -> None:
    assert document(message(), "UTC")["from"] == {"name": "Ana Ruiz", "address": "ana@valvulas.example"}


def test_an_instant_has_the_offset_of_its_account_s_zone() -> None:
    shown = document(thread(), "Europe/Madrid")
    assert shown["due"] == "2026-11-25T00:30:05+08:00"
    assert shown["messages"][0]["arrived_at"] == "2026-11-25T00:30:05+08:00"
    assert document(AT, "Europe/Madrid") == "2026-11-24T17:30:05+01:00"


@pytest.mark.parametrize("name", ["body", "reply", "attachments", "signature", "quoted_lines"])
def test_bodies_stand_in_show_only(name: str) -> None:
    assert name not in document(message(), "UTC")
    assert name in document(message("Hello"), "UTC")


def test_a_worklist_is_its_rows() -> None:
    assert document(Worklist("now", (), {"unknown": 3}, None), "UTC") == []


def test_a_sentence_is_said_in_the_language_of_the_moment() -> None:
    assert document(say("{count} mails", count=3), "UTC") == "3 mails"


def test_errors_of_an_import_name_their_file() -> None:
    report = ImportReport(1, 0, 0, 0, (("a.eml", say("gone")),))
    assert document(report, "UTC")["errors"] == [{"file": "a.eml", "error": "gone"}]


def test_a_value_that_json_has_no_form_for_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        document({"raw": b"bytes"}, "UTC")
