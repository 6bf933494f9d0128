"""Base subjects and probable links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailcrm.domain.threading import Letter, base_subject, is_reply_subject, probable_links

T = datetime(2026, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("subject", "base", "reply"),
    [
        ("Valves", "valves", False),
        ("Re: Valves", "valves", True),
        ("RE: FW: AW[2]: Valves (fwd)", "valves", True),
        ("回复：报价 500", "报价 500", True),
        ("Antw: Sv: Valves", "valves", True),
        ("Отв: Клапаны", "клапаны", True),
        ("[EXTERNAL] Re: [PO 8812] Valves", "[po 8812] valves", True),
        ("[EXTERNAL] Valves  for\tJan", "valves for jan", False),
        ("[PO 8812] Valves", "[po 8812] valves", False),
        ("自动回复: Valves", "valves", True),
        ("Regarding: Valves", "regarding: valves", False),
        ("Re:", "", True),
        ("", "", False),
        ("[sale]", "[sale]", False),
    ],
)
def test_base_subject(subject: str, base: str, reply: bool) -> None:
    assert (base_subject(subject), is_reply_subject(subject)) == (base, reply)


def test_a_long_subject_is_cut() -> None:
    assert len(base_subject("Re: " * 100_000 + "[a] " * 100_000 + "x")) <= 200


def letter(thread: int, days: float, base: str = "valves", *, reply: bool = True, party: str = "company:1") -> Letter:
    return Letter(thread, T + days * DAY, base, reply, frozenset({party}))


@pytest.mark.parametrize(
    ("second", "linked"),
    [
        (letter(2, 1), True),
        (letter(2, 14), True),
        (letter(2, 14.01), False),
        (letter(2, 1, reply=False), False),
        (letter(2, 1, "pumps"), False),
        (letter(2, 1, party="company:2"), False),
        (letter(1, 1), False),
    ],
)
def test_a_reply_is_probably_of_the_thread_with_its_subject_and_party_within_14_days(
    second: Letter, linked: bool
) -> None:
    assert probable_links([second, letter(1, 0, reply=False)]) == ({1: (2,), 2: (1,)} if linked else {})


def test_only_what_begins_with_a_reply_looks_back_and_the_nearest_stands_first() -> None:
    told = [
        letter(1, 0, reply=False),
        letter(2, 3, reply=False),
        letter(2, 4),  # goes on in a thread that began by itself
        letter(3, 5),
    ]
    assert probable_links(told) == {1: (3,), 2: (3,), 3: (2, 1)}


def test_no_subject_is_no_reason() -> None:
    assert probable_links([letter(1, 0, ""), letter(2, 1, "")]) == {}
