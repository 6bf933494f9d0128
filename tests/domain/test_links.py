"""Where a link leads, and whether its words say something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.links import can_be_opened, footnotes, host_of, is_foreign, misleads, urls_in, with_hosts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See https://acme.example/a?b=1, please.", ["https://acme.example/a?b=1"]),
        ("(www.acme.example/x)", ["http://www.acme.example/x"]),
        ("https://a.example/x_(1) and https://a.example/x_(1)", ["https://a.example/x_(1)"]),
        ("请看https://acme.example/价格，谢谢", ["https://acme.example/价格"]),
        ("<https://acme.example>", ["https://acme.example"]),
        ("no link: price.list, e.g. this", []),
        ("https://a.example/\x1b]52;c;b3duZWQ=\x07", ["https://a.example/"]),
    ],
)
def test_links_in_plain_text(text: str, found: list[str]) -> None:
    assert urls_in(text) == found


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://bank.example@evil.example/login", "evil.example"),
        ("HTTPS://Shop.Example:8443/x", "shop.example"),
        ("mailto:piet@bakker.example", "piet@bakker.example"),
        ("https://[::1", ""),
    ],
)
def test_what_stands_before_an_at_is_no_host(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("shown", "url", "lie"),
    [
        ("www.acme.example", "https://evil.example/", True),
        ("https://acme.example/login", "https://acme.example.evil.test/login", True),
        ("acme.example", "https://www.acme.example/en", False),
        ("our shop", "https://evil.example/", False),
        ("price.pdf", "https://acme.example/price.pdf", True),
        ("piet@acme.example", "mailto:piet@acme.example", False),
    ],
)
def test_words_that_name_another_house(shown: str, url: str, lie: bool) -> None:
    assert misleads(shown, url) is lie


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://acme.example/", True),
        ("http://acme.example", True),
        ("ftp://acme.example/x", False),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("mailto:piet@bakker.example", False),
        ("https://", False),
        ("-https://acme.example", False),
    ],
)
def test_a_browser_is_asked_for_pages_of_the_web_only(url: str, opens: bool) -> None:
    assert can_be_opened(url) is opens


def test_an_international_host_is_told() -> None:
    assert is_foreign("https://xn--bkker-gra.example/")
    assert is_foreign("https://b\u00e4kker.example/")
    assert not is_foreign("https://bakker.example/xn--")


def test_the_host_stands_beside_each_numbered_link_and_nowhere_else() -> None:
    body = "See our shop [1] and the sheet [2]; item [3] is new.\n\n[1] https://shop.example/a\n[2] https://files.example/b"
    notes = footnotes(body)
    assert notes == {"1": "https://shop.example/a", "2": "https://files.example/b"}
    told = with_hosts(body, notes)
    assert told.startswith("See our shop [1 shop.example] and the sheet [2 files.example]; item [3] is new.")
    assert told.endswith("[1] https://shop.example/a\n[2] https://files.example/b")


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    for url in urls_in(text):
        host_of(url)
        misleads(text, url)
        is_foreign(url)
    assert isinstance(with_hosts(text, footnotes(text)), str)
