"""The demo's samples, quotes and order: each stands where the rep's week has left it."""

from __future__ import annotations

from datetime import UTC, datetime

from mailcrm import bootstrap

NOW = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)


def test_the_boards_of_the_demo_show_something_at_every_turn() -> None:
    with bootstrap.open_demo(NOW) as core:
        samples, quotes, orders = (core.ask(f"{noun}_board") for noun in ("sample", "quote", "order"))
        assert [card.state for card in samples] == ["requested", "pending_sign", "delivered"]
        assert sorted(card.state for card in quotes) == ["draft", "needs_approval"]
        assert [card.state for card in orders] == ["deposit_seen"]
        kinds = {row.kind for row in core.ask("worklist").rows}
        assert {"sample", "approval", "payment"} <= kinds
        assert not [file.name for file in core.home().iterdir() if file.suffix in (".csv", ".jpg")]
        for card in (*samples, *quotes, *orders):
            noun = {"s": "sample", "q": "quote", "d": "order"}[card.id[0]]
            assert core.ask(f"{noun}_page", id=card.number).card == card
