"""`[trade]`: the packaged rules, rules of one's own, and contradictions that are told with the mend."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mailcrm.bootstrap.places import packaged
from mailcrm.core.settings import load_settings
from mailcrm.domain.errors import ConfigError, UsageError
from mailcrm.domain.trade.freight import Container
from mailcrm.domain.trade.rules import TradeRules


def rules(tmp_path: Path, written: str = "", **environ: str) -> TradeRules:
    own = tmp_path / "mailcrm.toml"
    own.write_text(f"[trade]\n{written}\n", "utf-8")
    variables = {f"MAILCRM__TRADE__{name}": value for name, value in environ.items()}
    return load_settings(packaged("config") / "mailcrm.toml", own, variables).trade_rules()


def test_the_packaged_rules_are_those_of_the_trade(tmp_path: Path) -> None:
    made = rules(tmp_path)
    assert made.enterprise_kind == "trading"
    assert (made.price_step, made.cost_step) == (Decimal("0.01"), Decimal("0.0001"))
    assert (made.vat, made.mark_up, made.rate_days) == (Decimal("0.13"), Decimal("0.1"), 3)
    assert made.container("40hq") == Container("40HQ", Decimal(68), Decimal(26500))
    assert {code: box.volume for code, box in made.containers.items()} == {"20GP": 28, "40GP": 58, "40HQ": 68}
    assert made.payment.minimum_deposit == Decimal("0.3")


def test_rules_of_ones_own_win_in_the_file_and_in_the_environment(tmp_path: Path) -> None:
    made = rules(
        tmp_path,
        'vat = "9%"\nmaximum_usance = 60\n[trade.containers]\n45HQ = "78"\n',
        ENTERPRISE_KIND="factory",
        INCOTERMS="fob, CIF",
    )
    assert (made.enterprise_kind, made.vat, made.payment.maximum_usance) == ("factory", Decimal("0.09"), 60)
    assert made.incoterms == {"FOB", "CIF"}
    assert made.container("45HQ") == Container("45HQ", Decimal(78))


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ('enterprise_kind = "agent"', "enterprise_kind"),
        ('vat = "13"', "vat"),
        ('price_step = "0"', "price_step"),
        ('price_step = "-0.01"', "price_step"),
        ('currency = "Dollars"', "currency"),
        ('incoterms = ["FOB", "CNF"]', "incoterms"),
        ("incoterms = []", "incoterms"),
        ('profit = "60%"\nbank = "40%"', "profit"),
        ('cost_step = "0.1"', "cost_step"),
        ('[trade.payloads]\n50XX = "1000"', "payloads"),
        ('[trade.containers]\n20GP = "0"', "20GP"),
        ('[trade.containers]\n20GP = "much"', "20GP"),
        ("price_step = 0.01", "price_step"),
        ("rate_days = -1", "rate_days"),
        ("unheard_of = 1", "unheard_of"),
    ],
)
def test_a_rule_that_can_t_be_is_told_with_its_name_and_the_mend(tmp_path: Path, written: str, named: str) -> None:
    with pytest.raises(ConfigError, match=named) as told:
        rules(tmp_path, written)
    assert str(told.value.hint)


def test_a_container_that_nobody_knows_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="20GP, 40GP, 40HQ"):
        rules(tmp_path).container("53FT")
