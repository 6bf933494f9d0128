"""Untrusted text becomes showable (safety.md): whatever a mail says, a terminal only shows it."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.text import printable_block, printable_line, safe_filename

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


@pytest.mark.parametrize(
    ("untrusted", "shown"),
    [
        ("Order 4711", "Order 4711"),
        ("报价单 №5", "报价单 №5"),
        ("a\x1b[31mred\x1b[0m", "ared"),
        ("a\x9b31mred", "ared"),
        ("\x1b]0;new title\x07subject", "subject"),
        ("\x1b]52;c;cm0gLXJm\x1b\\subject", "subject"),
        ("\x9d52;c;cm0gLXJm\x9csubject", "subject"),
        ("\x1bP+q544e\x1b\\x", "x"),
        ("\x90+q544e\x9cx", "x"),
        ("\x1b_apc\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\x", "x"),
        ("\x9fapc\x9c\x9epm\x9c\x98sos\x9cx", "x"),
        ("never ended \x1b]0;title", "never ended \u241b]0;title"),
        ("reset \x1bc", "reset \u241bc"),
        ("bell\x07 nul\x00 del\x7f", "bell\u2407 nul\u2400 del\u2421"),
        ("nel\x85", "nel\\x85"),
        ("two\r\nlines\tand tab", "two lines and tab"),
        ("line\u2028sep", "line sep"),
        ("invoice\u202efdp.exe", "invoice‹RLO›fdp.exe"),
        ("pay\u200bpal \u2060\ufeff\u00adx", "paypal x"),
        ("tag\U000e0061\U000e0062", "tag"),
        ("family 👨‍👩‍👧 ok", "family 👨‍👩‍👧 ok"),
        ("ad\u200dmin", "admin"),
        ("half \ud83d", "half \\ud83d"),
        ("raw \udcff", "raw \\xff"),
        ("\x1b\x9b31m[0mnested", "\u241b[0mnested"),
        ("a\U000e0001b\U000e007fc", "abc"),
    ],
)
def test_a_line_only_shows(untrusted: str, shown: str) -> None:
    assert printable_line(untrusted) == shown


@pytest.mark.parametrize(
    ("untrusted", "shown"),
    [
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        ("\x1b[2Jcleared\nscreen", "cleared\nscreen"),
        ("می‌خواهم", "می‌خواهم"),
        ("right\u202eleft", "right‹RLO›left"),
        ("page\x0cbreak", "page\nbreak"),
    ],
)
def test_a_block_keeps_its_lines(untrusted: str, shown: str) -> None:
    assert printable_block(untrusted) == shown


@given(st.text(st.characters() | st.sampled_from("\x1b[]0;m\x07\\\x9b\x9d\x9c\u202e\u200b\r\n")))
def test_no_text_reaches_the_terminal_raw(text: str) -> None:
    for shown, allowed in ((printable_line(text), ""), (printable_block(text), "\n\t")):
        assert not [c for c in shown if c not in allowed and unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
        assert not set(shown) & set(BIDI)
        shown.encode()


@given(st.text())
def test_showing_twice_changes_nothing(text: str) -> None:
    once = printable_line(text)
    assert printable_line(once) == once


@pytest.mark.parametrize("bait", ["\x1b]", "\x9d", "\x1b[", "\x1b[0;", "\u200d", "\x1bP\x1b"])
def test_a_megabyte_of_bait_takes_no_time(bait: str) -> None:
    text = bait * (1_000_000 // len(bait))
    started = time.process_time()
    printable_block(text)
    printable_line(text)
    assert time.process_time() - started < 10  # a second; were it quadratic, hours


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("offer.pdf", "offer.pdf"),
        ("报价单.xlsx", "报价单.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\cmd.exe", "cmd.exe"),
        ("..", "attachment"),
        ("", "attachment"),
        ("/", "attachment"),
        (".bashrc", "bashrc"),
        ("nul", "_nul"),
        ("CON.txt", "_CON.txt"),
        ("com1 .log", "_com1 .log"),
        ("LPT¹", "_LPT¹"),
        ("console.log", "console.log"),
        ("price: 5?.txt", "price_ 5_.txt"),
        ("trailing. . ", "trailing"),
        ("nul\x00byte.txt", "nulbyte.txt"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("two\nlines.txt", "two lines.txt"),
        ("half\ud800.txt", "half.txt"),
    ],
)
def test_a_file_name_is_safe_on_every_disk(name: str, safe: str) -> None:
    assert safe_filename(name) == safe


def test_a_long_name_keeps_its_extension() -> None:
    safe = safe_filename("报" * 300 + ".pdf")
    assert safe.endswith("报.pdf")
    assert len(safe.encode()) <= 200


@given(st.text())
def test_every_name_is_one_harmless_component(name: str) -> None:
    safe = safe_filename(name)
    assert safe
    assert safe not in {".", ".."}
    assert not set(safe) & set('/\\\0<>:"|?*')
    assert not safe.startswith((".", " "))
    assert not safe.endswith((".", " "))
    assert len(safe.encode()) <= 200
