"""What a party is to us, guessed from one mail: scored on customers, those who look like others, and others.

The rules were tuned on the part "tuned" of roles.tsv; "held" was written with it and kept aside. The other parts were written one
after the other when the rules stood, each harder on them: at first sight 27 of 32 ("later"), 21 of 25 ("last"), 18 of 25 ("trap"),
17 of 20 ("fresh") were right, and 2, 4, 7 and 1 had lost the clock by mistake; the rules were mended each time, towards the safe side.
"clock" means any role that starts the clock. A role without a clock that is wrong hides a customer: none is allowed, in any part.
"""

from __future__ import annotations

import csv
import itertools
import time
from pathlib import Path

import pytest

from mailcrm.domain.address_block import block
from mailcrm.domain.demand import asks, language
from mailcrm.domain.message import Role
from mailcrm.domain.newest import Newest
from mailcrm.domain.purposes import read_purpose
from mailcrm.domain.quoting import split_reply
from mailcrm.domain.roles.choice import choose_role
from mailcrm.domain.roles.hints import Hint, Writing, from_stored, hints_of_ours, read_hints, stored

FREE_MAIL = {"gmail.com", "163.com", "126.com", "qq.com"}

with (Path(__file__).parent / "roles.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def hints(row: dict[str, str]) -> tuple[Hint, ...]:
    name, _, address = row["sender"].partition(" <")
    domain = address.rstrip(">").rpartition("@")[2]
    pieces = split_reply(row["text"].replace("\\n", "\n"))
    newest = Newest(pieces.reply, row["subject"])
    reading = read_purpose(newest, asks=asks(pieces.reply), told=language(pieces.reply))
    return read_hints(
        Writing(
            domain="" if domain in FREE_MAIL else domain,
            name=name,
            newest=newest,
            below=block(pieces.reply, pieces.signature),
            purpose=reading.purpose.value,
            purpose_signals=reading.signals,
        )
    )


def guess(*found: Hint) -> Role:
    return choose_role([(hint, str(number)) for number, hint in enumerate(found)]).role


def right(row: dict[str, str], role: Role) -> bool:
    return role.starts_clock if row["role"] == "clock" else role.value == row["role"]


@pytest.mark.parametrize(
    ("part", "least"), [("tuned", 0.98), ("held", 0.95), ("later", 0.9), ("last", 0.9), ("trap", 1.0), ("fresh", 0.9)]
)
def test_roles(part: str, least: float) -> None:
    rows = [row for row in ROWS if row["set"] == part]
    got = [(row, guess(*hints(row))) for row in rows]
    wrong = [(role, row) for row, role in got if not right(row, role)]
    print(f"\n{part}: {len(rows) - len(wrong)} of {len(rows)}")  # noqa: T201  (the closing note's figure)
    assert len(rows) - len(wrong) >= least * len(rows), wrong


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["subject"])
def test_nobody_loses_the_clock_by_mistake(row: dict[str, str]) -> None:
    role = guess(*hints(row))
    assert role.starts_clock or role.value == row["role"]


def test_the_rows_are_many() -> None:
    assert len([row for row in ROWS if row["set"] == "tuned"]) >= 60


RATES = Hint(Role.FORWARDER, "rates", "USD 1,850/40HQ")
SOLICITS = Hint(Role.FORWARDER, "solicits", "any cargo")
SAYS_SO = Hint(Role.FORWARDER, "says_so", "we are a forwarder")
SAILS = Hint(Role.FORWARDER, "schedule", "sailing every Friday")
BOOKS = Hint(Role.FORWARDER, "books", "SI cut-off")
NAMED = Hint(Role.FORWARDER, "name", "seaway-logistics")
KNOWN = Hint(Role.FORWARDER, "known", "maersk.com")
OTHERS = Hint(Role.FORWARDER, "others", "our forwarder")
BUYS = Hint(Role.PROSPECT, "buys", "please quote")
ORDERS = Hint(Role.CUSTOMER, "buys", "purchase order")
SELLS = Hint(Role.SUPPLIER, "sells", "we are a factory")
PRICED = Hint(Role.SUPPLIER, "names_price", "our price is")
WE_ASK = Hint(Role.SUPPLIER, "we_ask", "please quote")
WE_SELL = Hint(Role.PROSPECT, "we_sell", "our quotation")


@pytest.mark.parametrize(
    ("found", "role"),
    [
        ((), Role.UNKNOWN),
        ((RATES,), Role.UNKNOWN),
        ((NAMED,), Role.UNKNOWN),
        ((BOOKS, RATES), Role.UNKNOWN),  # passed on by a customer
        ((RATES, SOLICITS), Role.UNKNOWN),  # a customer who shares a container
        ((RATES, SOLICITS, SAILS), Role.FORWARDER),
        ((SAYS_SO, RATES), Role.FORWARDER),
        ((NAMED, RATES), Role.FORWARDER),
        ((NAMED, BOOKS), Role.FORWARDER),
        ((SAYS_SO, RATES, SOLICITS, OTHERS), Role.UNKNOWN),
        ((NAMED, BOOKS, OTHERS), Role.UNKNOWN),
        ((KNOWN,), Role.FORWARDER),
        ((KNOWN, BUYS), Role.PROSPECT),
        ((NAMED, BOOKS, RATES, SOLICITS, SAYS_SO, BUYS), Role.PROSPECT),
        ((NAMED, BOOKS, WE_SELL), Role.UNKNOWN),  # we quoted to them: they buy
        ((BUYS, ORDERS), Role.CUSTOMER),
        ((SELLS,), Role.UNKNOWN),
        ((SELLS, PRICED), Role.SUPPLIER),
        ((WE_ASK,), Role.UNKNOWN),
        ((WE_ASK, PRICED), Role.SUPPLIER),
        ((WE_ASK, PRICED, ORDERS), Role.CUSTOMER),
    ],
)
def test_hints_together(found: tuple[Hint, ...], role: Role) -> None:
    rows = [(hint, str(number)) for number, hint in enumerate(found)]
    for order in itertools.permutations(rows):
        assert choose_role(order).role is role


def test_the_reason_quotes_the_mails() -> None:
    chosen = choose_role([(RATES, "1"), (SAYS_SO, "2")])
    assert str(chosen.reason) == "writes “we are a forwarder” and “USD 1,850/40HQ”"
    assert str(choose_role([(ORDERS, "1")]).reason) == "orders: “purchase order”"
    assert str(choose_role([(KNOWN, "1")]).reason) == "known in the trade: maersk.com"


def test_hints_are_kept_whole() -> None:
    assert from_stored(stored((RATES, BUYS))) == (RATES, BUYS)
    assert (stored(()), from_stored("")) == ("", ())


@pytest.mark.parametrize(
    ("subject", "said", "kind"),
    [
        ("Request", "Please quote 2,000 cartons as attached.", "we_ask"),
        ("询价", "请贵司报价：纸箱2000个。", "we_ask"),
        ("Cartons", "We need 2,000 cartons. Please send us your best price.", "we_ask"),
        ("Our offer", "Please find attached our quotation. Please send us your target price.", "we_sell"),
        ("Valves", "Thank you for your inquiry. Could you offer us a target price?", "we_sell"),
        ("Valves", "We are a manufacturer of valves. If interested, please send your inquiry.", "we_sell"),
        ("Hello", "When can we call you?", ""),
        ("Hello", "Please send us your inquiry, your order or your target price.", "we_sell"),
    ],
)
def test_what_our_own_mail_makes_of_its_reader(subject: str, said: str, kind: str) -> None:
    assert [hint.kind for hint in hints_of_ours(Newest(said, subject))] == ([kind] if kind else [])


@pytest.mark.parametrize(
    "piece", ["our ", "40hq ", "usd 1,2", "do you have any ", "送样品海运费", "we are a ", "freight ningbo - "]
)
def test_a_mail_of_a_megabyte_costs_nothing(piece: str) -> None:
    long = piece * (1_000_000 // len(piece))
    began = time.process_time()
    read_hints(Writing("acme.example", "Ann", Newest(long, long), (long[:80],)))
    hints_of_ours(Newest(long, long))
    assert time.process_time() - began < 0.5
