"""What is printed: showable, aligned by cells, honest JSON."""

from __future__ import annotations

import json

import pytest

from mailcrm.cli.options import Options
from mailcrm.cli.output import Output
from mailcrm.cli.plain.table import columns, pairs
from mailcrm.domain.words import say

HOSTILE = "\x1b]0;title\x07\x1b[31mred\x9b2J\x00\r\n\u202eback"


def printed(capfd: pytest.CaptureFixture[str]) -> str:
    import sys

    sys.stdout.flush()
    return capfd.readouterr().out


def test_columns_line_up_where_chinese_takes_two_cells(capfd: pytest.CaptureFixture[str]) -> None:
    columns(Output(Options()), ("id", "name", "text"), [("t1", "王小明", "a"), ("t12", "Ana", "b")])
    assert printed(capfd).splitlines() == ["id   name    text", "t1   王小明  a", "t12  Ana     b"]


def test_empty_values_are_left_out(capfd: pytest.CaptureFixture[str]) -> None:
    pairs(Output(Options()), [("role", "customer"), ("country", ""), ("open", "0")])
    assert printed(capfd).splitlines() == ["role  customer", "open  0"]


def test_no_text_steers_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    out = Output(Options())
    out.line(HOSTILE)
    out.block(HOSTILE)
    columns(out, ("a", "b"), [(HOSTILE, HOSTILE)])
    out.document({"text": HOSTILE})
    out.said(say("{text}", text=HOSTILE))
    shown = printed(capfd)
    assert not set(shown) & set("\x1b\x9b\x00\r\x07\u202e")


def test_a_json_document_keeps_every_character(capfd: pytest.CaptureFixture[str]) -> None:
    value = {"text": HOSTILE + " 报价 é", "file": "no-utf8-\udcff.eml"}
    Output(Options()).document(value)
    assert json.loads(printed(capfd)) == value


def test_colours_are_for_terminals(capfd: pytest.CaptureFixture[str]) -> None:
    Output(Options()).line("Overdue", "heading")
    assert printed(capfd) == "Overdue\n"


@pytest.mark.parametrize("options", [Options(quiet=True), Options(json=True)])
def test_confirmations_are_for_people(capfd: pytest.CaptureFixture[str], options: Options) -> None:
    Output(options).said(say("Put away."))
    assert printed(capfd) == ""
