"""Our own people at an instant: deputies by absence, duty on rest days, and nothing that belongs to nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailcrm.domain.team import Person, Presence, Team

MON, TUE, WED, THU = (datetime(2026, 11, day, tzinfo=UTC) for day in (23, 24, 25, 26))

TEAM = Team(
    people=(
        Person("anna", deputy="bo"),
        Person("bo", deputy="anna"),
        Person("chen"),
        Person("mei", manager=True),
    ),
    presences=(
        Presence("anna", MON, WED, deputy="chen"),
        Presence("anna", TUE, THU),
        Presence("bo", TUE, WED),
        Presence("chen", TUE, WED),
        Presence("chen", MON, TUE, duty=True),
    ),
)


@pytest.mark.parametrize(
    ("owner", "at", "works"),
    [
        ("anna", MON, "chen"),  # the absence names the deputy
        ("anna", WED, "bo"),  # without one it is the person's own
        ("anna", THU, "anna"),  # back: the end is not part of it
        ("bo", MON, "bo"),
        ("bo", TUE, "bo"),  # his deputy is away too and stands in for nobody: it stays his
        ("chen", TUE, "chen"),  # nobody stands in
        ("nobody-knows", MON, "nobody-knows"),
    ],
)
def test_who_works_on_what(owner: str, at: datetime, works: str) -> None:
    assert TEAM.works_on(owner, at) == works


def test_duty_and_managers() -> None:
    assert TEAM.on_duty(MON) == ("chen",)
    assert TEAM.on_duty(TUE) == ()
    assert TEAM.managers() == ("mei",)


def test_one_rep_works_alone() -> None:
    alone = Team()
    assert alone.works_on("me", MON) == "me"
    assert alone.managers() == ()
    assert not alone.is_away("me", MON)
