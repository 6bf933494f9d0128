"""Whatever is typed or found in a mail: it is read, or refused in a sentence; never a crash, never a wait."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.days import parse_day
from mailcrm.domain.trade.freight import parse_size
from mailcrm.domain.trade.incoterms import parse_incoterm
from mailcrm.domain.trade.insurance import parse_premium
from mailcrm.domain.trade.money import parse_amount, parse_money
from mailcrm.domain.trade.payment_reading import parse_payment
from mailcrm.domain.trade.refund_file import read_refund_file
from mailcrm.domain.trade.refunds import checked_hs
from mailcrm.domain.trade.shares import parse_share

READERS: list[Callable[[str], object]] = [
    checked_hs,
    parse_amount,
    parse_day,
    parse_incoterm,
    parse_money,
    parse_payment,
    parse_premium,
    parse_share,
    parse_size,
]
PIECES = (
    "30% 70% 100% T/T L/C D/A B/L deposit balance copy of against sight days 60 in advance before shipment , ; + / . - USD $ ¥ 2.55 "
    "1,234 FOB CIF C&F Ningbo Incoterms® 2020 定金 余款 见提单复印件 信用证 60天 60x40x25 cm 0.3 ‰ 9403 2026-12-31"
)
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=12).map(" ".join)


def refused(reading: Callable[[], object]) -> UsageError | None:
    """Return the refusal, None where it was read; anything else that is raised goes through."""
    try:
        reading()
    except UsageError as error:
        return error
    return None


@pytest.mark.parametrize("read", READERS)
@given(text=st.one_of(st.text(max_size=60), WORDS))
def test_any_text_is_read_or_refused_in_a_sentence(read: Callable[[str], object], text: str) -> None:
    refusal = refused(lambda: read(text))
    assert refusal is None or (str(refusal.sentence) and str(refusal.hint))


@given(st.binary(max_size=300).map(lambda tail: b"hs,rate,from,to\n" + tail))
def test_any_file_is_read_or_refused_in_a_sentence(content: bytes) -> None:
    refusal = refused(lambda: read_refund_file(content))
    assert refusal is None or str(refusal.sentence)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("one", [" ", ",", "1", "1,", "(", "C & ", "30% ", "b/l ", "x", "incoterms "])
def test_a_hundred_thousand_of_anything_cost_no_time(read: Callable[[str], object], one: str) -> None:
    began = process_time()
    with pytest.raises(UsageError):
        read(one * 100_000 + "!")
    assert process_time() - began < 1
