"""Couriers: one file of data each, found by `registry`; what is asked of them is beside.

Room: domain. A new courier is a new file here with a constant `COURIER`.

    courier.py       what a courier's file says         registry.py      every courier, one by name
    check_digits.py  the arithmetic, by name            numbers.py       whose number it is, whether it is right, its page
    domains.py       whose mail it is                   mail_numbers.py  the number in a courier's mail
    notices.py       what such a mail says happened     notice_words.py  the words for it, by language
    days.py          how long parcels take              batch.py         numbers pasted from a table or a message
    arrival.py       what follows from a notice         cells.py         the cells of such a table
"""

from mailcrm.domain.couriers.batch import PastedAwb, split_awbs
from mailcrm.domain.couriers.days import expected_days
from mailcrm.domain.couriers.numbers import Match, check_awb, recognise, tracking_url
from mailcrm.domain.couriers.registry import courier_named, couriers

__all__ = [
    "Match",
    "PastedAwb",
    "check_awb",
    "courier_named",
    "couriers",
    "expected_days",
    "recognise",
    "split_awbs",
    "tracking_url",
]
