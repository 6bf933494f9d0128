"""`inquiry` on the command line."""

from __future__ import annotations

import pytest
from cli.running import Cli

NOW = ("--now", "2026-11-26T10:00+08:00")


def test_an_inquiry_is_noted_shown_and_changed(desk: Cli) -> None:
    made = desk.ok(
        "inquiry", "new", "t1", "--item", "Ball valve DN50; no=AV-4711; quantity=500 pcs; target=USD 2.40",
        "--set", "incoterm=FOB Ningbo", "--answer", "region=EU", "--asked", "use,quality", *NOW, "--json",
    ).json  # fmt: skip
    assert (made["id"], made["state"], made["channel"], made["thread_id"]) == ("i1", "open", "mail", "t1")
    assert made["items"] == [
        {
            "text": "Ball valve DN50", "sku": "", "customer_item": "AV-4711", "quantity": "500", "unit": "pcs", "yearly": None,
            "target": {"amount": "2.40", "currency": "USD"},
        }
    ]  # fmt: skip
    assert {one["topic"]: one["state"] for one in made["checklist"]} == {
        "end_customer": "open", "yearly_volume": "open", "region": "answered", "use": "asked", "specification": "open", "quality": "asked",
    }  # fmt: skip
    assert made["ask"] == {"missing": "end_customer, yearly_volume, specification"}
    assert made["open"] == "Not asked yet: who the end customer is, how much a year, the specification."
    assert [(step["from"], step["to"]) for step in made["history"]] == [("", "open")]

    shown = desk.ok("inquiry", "show", "i1").out
    assert "✓ where it is sold and used: EU" in shown
    assert "? what it is used for: asked on 2026-11-26" in shown
    assert "– the specification: not asked yet" in shown
    assert '--template inquiry_ask --var "missing=end_customer, yearly_volume, specification"' in shown
    assert "USD 2.40" in shown

    changed = desk.ok(
        "inquiry", "edit", "i1", "--refused", "end_customer", "--without", "1", "--item", "Pumps", "--json"
    ).json
    assert [item["text"] for item in changed["items"]] == ["Pumps"]
    assert changed["checklist"][0]["state"] == "refused"
    assert "4/6" in desk.ok("inquiry", "list", "t1").out


def test_a_lost_inquiry_is_listed_on_request(desk: Cli) -> None:
    desk.ok("inquiry", "new", "--contact", "jan@acme-valves.example", "--channel", "fair")
    desk.ok("inquiry", "edit", "i1", "--set", "lost_reason=too dear")
    assert desk.ok("inquiry").out == "No inquiry is open.\n"
    assert desk.ok("inquiry", "list", "--json").json == []
    assert [row["lost_reason"] for row in desk.ok("inquiry", "list", "--lost", "--json").json] == ["too dear"]
    assert "too dear" in desk.ok("inquiry", "show", "i1").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("show", "i9"), 1, "no inquiry i9"),
        (("show", "7"), 1, "no inquiry 7"),
        (("new",), 4, "Nobody knows whose inquiry"),
        (("new", "t1", "--answer", "price=2"), 2, "no question of the checklist"),
        (("new", "t1", "--item", "Valve; colour=red"), 2, "An item has no colour"),
        (("new", "t1", "--set", "price=2"), 2, "no field price"),
        (("new", "t1", "--set", "incoterm"), 2, "doesn't say what"),
        (("edit", "i1"), 2, "Nothing to change"),
    ],
)
def test_what_can_not_be_done_is_said_with_the_mend(desk: Cli, words: tuple[str, ...], code: int, told: str) -> None:
    answer = desk("inquiry", *words)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert len(answer.err.splitlines()) == 2
