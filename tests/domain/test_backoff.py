"""When a failing server is asked again: longer each time, never at one moment for all, as long as it asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.backoff import next_try

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "minutes"), [(1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 30), (7, 30), (1_000_000, 30)]
)
def test_the_wait_doubles_up_to_half_an_hour_and_a_fifth_is_added_at_most(failures: int, minutes: int) -> None:
    wait = next_try(failures, NOW, name="work") - NOW
    assert timedelta(minutes=minutes) <= wait <= timedelta(minutes=minutes) * 1.2


@pytest.mark.parametrize(("failures", "minutes"), [(1, 5), (2, 10), (4, 40), (5, 60), (9, 60)])
def test_a_refused_login_is_not_repeated_until_the_mailbox_is_locked(failures: int, minutes: int) -> None:
    wait = next_try(failures, NOW, name="work", login_refused=True) - NOW
    assert timedelta(minutes=minutes) <= wait <= timedelta(minutes=minutes) * 1.2


@pytest.mark.parametrize(
    ("asked_for", "least", "most"),
    [(0.0, 60, 72), (-5.0, 60, 72), (92.415, 92.4, 111), (3600.0, 3600, 4320), (1e12, 86_400, 103_680)],
)
def test_what_the_server_asks_for_is_heeded_up_to_a_day(asked_for: float, least: float, most: float) -> None:
    wait = (next_try(1, NOW, name="work", asked_for=asked_for) - NOW).total_seconds()
    assert least <= wait <= most


def test_accounts_do_not_come_back_at_one_moment() -> None:
    moments = {next_try(3, NOW, name=f"account {number}") for number in range(100)}
    assert len(moments) == 100


@given(st.integers(1, 50), st.datetimes(timezones=st.just(UTC), max_value=datetime(9000, 1, 1)), st.text())  # noqa: DTZ001  (hypothesis wants it naive)
def test_the_next_try_is_always_ahead_and_the_same_for_the_same_failure(
    failures: int, now: datetime, name: str
) -> None:
    at = next_try(failures, now, name=name)
    assert now + timedelta(seconds=60) <= at <= now + timedelta(minutes=36)
    assert at == next_try(failures, now, name=name)
