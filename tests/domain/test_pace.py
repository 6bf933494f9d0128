"""How long it still takes."""

from __future__ import annotations

from mailcrm.domain.pace import Pace, Underway


def test_the_pace_is_that_since_the_folder_was_begun() -> None:
    pace = Pace()
    assert pace.step("INBOX", 50, 20_000, 10.0) == Underway("INBOX", 50, 20_000)
    assert pace.step("INBOX", 450, 20_000, 10.5) == Underway("INBOX", 450, 20_000)  # too soon to tell
    assert pace.step("INBOX", 2_050, 20_000, 12.0) == Underway("INBOX", 2_050, 20_000, 1000.0, 17.95)


def test_another_folder_is_measured_by_itself() -> None:
    pace = Pace()
    pace.step("INBOX", 0, 100, 0.0)
    assert pace.step("INBOX", 100, 100, 2.0).left == 0
    assert pace.step("Sent", 10, 40, 3.0).rate is None
    assert pace.step("Sent", 20, 40, 5.0) == Underway("Sent", 20, 40, 5.0, 4.0)


def test_the_same_folder_read_again_is_begun_anew() -> None:
    pace = Pace()
    pace.step("INBOX", 50, 100, 0.0)
    pace.step("INBOX", 100, 100, 5.0)
    assert pace.step("INBOX", 10, 100, 60.0).rate is None


def test_without_a_total_nothing_is_foretold() -> None:
    pace = Pace()
    pace.step("a.mbox", 0, 0, 0.0)
    assert pace.step("a.mbox", 100, 0, 2.0) == Underway("a.mbox", 100, 0, 50.0, None)
