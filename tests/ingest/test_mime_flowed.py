"""format=flowed (RFC 3676): soft line breaks are no line breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.adapters.mime import Mime
from mailcrm.adapters.mime.flowed import unflowed


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Please quote \nfor 500 pcs \nCIF Hamburg.\n\nThanks", "Please quote for 500 pcs CIF Hamburg.\n\nThanks"),
        ("one\ntwo", "one\ntwo"),
        ("Ana\n-- \nAna Perez \nBuyer", "Ana\n-- \nAna Perez Buyer"),
        ("goes on \n-- \nAna", "goes on \n-- \nAna"),  # a signature never belongs to what stands above
        ("> quoted \n> text\nanswer", "> quoted text\nanswer"),
        (">quoted \n>>deeper \nmine", "> quoted \n>> deeper \nmine"),  # paragraphs end where the depth changes
        (" > no quote\n From me", "> no quote\nFrom me"),  # space-stuffed
        ("> \n> x", ">\n> x"),
        ("ends open ", "ends open "),
        ("", ""),
    ],
)  # fmt: skip
def test_paragraphs_are_whole(text: str, whole: str) -> None:
    assert unflowed(text, delsp=False) == whole


def test_delsp_joins_chinese_without_blanks() -> None:
    assert unflowed("请报500件 \n的价格。", delsp=True) == "请报500件的价格。"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain; format=flowed", "Please quote for 500 pcs."),
        ("text/plain; format=Flowed; delsp=Yes", "Please quotefor 500 pcs."),
        ("text/plain", "Please quote \nfor 500 pcs."),
        ("text/plain; format=fixed", "Please quote \nfor 500 pcs."),
    ],
)
def test_only_where_the_label_says_so(kind: str, body: str) -> None:
    assert Mime().parse(f"From: a@b.example\nContent-Type: {kind}\n\nPlease quote \nfor 500 pcs.".encode()).body == body


def test_an_answer_under_a_flowed_quotation_is_found() -> None:
    from mailcrm.ingest.reading import read_mail

    raw = (
        "From: a@b.example\nContent-Type: text/plain; format=flowed\n\nYes, we \nagree.\n\n"
        "On Monday, 2 March 2026, Lin <lin@seller.example> \nwrote:\n> Is that fine \n> for you?\n"
    )
    got = read_mail(Mime(), raw.encode())
    assert (got.reply, got.quoted_lines) == ("Yes, we agree.", 2)


@given(st.text(alphabet="> -a\n", max_size=80), st.booleans())
def test_no_letter_is_lost(text: str, delsp: bool) -> None:
    assert unflowed(text, delsp=delsp).count("a") == text.count("a")
    assert unflowed(unflowed(text, delsp=False).replace(" \n", "\n"), delsp=False).count("a") == text.count("a")
