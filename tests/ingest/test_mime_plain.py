"""Plain forms are read by a short way: it tells nothing else than the long way, which reads everything."""

from __future__ import annotations

import base64
import pickle
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.adapters.mime import Mime
from mailcrm.adapters.mime.addresses import read_addresses
from mailcrm.adapters.mime.dates import read_date
from mailcrm.adapters.mime.hints import Hints
from mailcrm.adapters.mime.params import read_params
from mailcrm.adapters.mime.transfer import undo

NAMES = st.sampled_from(["Subject", "From", "To", "Received", "X-Mailer", "Date", "References", "x", "Reply-To"])
WORDS = st.sampled_from(
    ["offer", "=?utf-8?B?5oql5Lu3?=", "<a@b.example>", ":", "a b", "\t", " ", "", "\x0b", "(x)", ","]
)
FOLDS = st.sampled_from([" ", "\r\n ", "\r\n\t", "\r\n \r\n ", "\n  ", "  "])


@st.composite
def header_blocks(draw: st.DrawFn) -> str:
    lines = []
    for _ in range(draw(st.integers(1, 6))):
        value = "".join(draw(WORDS) + draw(FOLDS) for _ in range(draw(st.integers(0, 4))))
        lines.append(f"{draw(NAMES)}:{value}end")
    return draw(st.sampled_from(["\r\n", "\n"])).join(lines)


@given(header_blocks())
def test_a_plain_header_reads_as_the_one_with_an_mbox_line_in_front(block: str) -> None:
    raw = block.encode() + b"\r\n\r\nHello\r\n"
    short, long = Mime().parse(raw), Mime().parse(b"From a@buyer.example Mon Nov  2 10:00:00 2026\r\n" + raw)
    assert short.headers == long.headers
    assert short.body == long.body


@pytest.mark.parametrize(
    "block",
    [b"Subject : x", b"Subject\r\n : x", b"Subject: a\rb", b"Subject: a\x00b", b"Sub ject: x", b" x: y", b"Subject"],
)
def test_what_is_not_plain_goes_the_long_way(block: bytes) -> None:
    raw = b"To: a@buyer.example\r\n" + block + b"\r\nX-Mailer: y\r\n\r\nHello\r\n"
    assert Mime().parse(raw).headers == Mime().parse(b"From x\r\n" + raw).headers


SPECS = st.sampled_from(["a@b.example", "a'b@c.example", "a@b", "a", "a@b@c", "A.B+c@d-e.example"])
DISPLAYED = st.sampled_from(
    ["", "Ana", '"Doe, John"', "Doe, John", "'Ana'", '"Ana" B', "=?utf-8?Q?Caf=C3=A9?=", " Ana  B ", '"a@b"', "a\\b"]
)


@st.composite
def lists(draw: st.DrawFn) -> str:
    boxes = []
    for _ in range(draw(st.integers(1, 4))):
        spec, name = draw(SPECS), draw(DISPLAYED)
        boxes.append(spec if draw(st.booleans()) else f"{name}{draw(st.sampled_from(['', ' ']))}<{spec}>")
    return draw(st.sampled_from([",", ", ", " , "])).join(boxes) + draw(st.sampled_from(["", ",", " "]))


@given(lists())
def test_a_plain_list_reads_as_the_one_with_an_empty_place(value: str) -> None:
    assert read_addresses(value, Hints()) == read_addresses(f";{value}", Hints())


@given(
    st.sampled_from(["", "Mon, "]),
    st.integers(0, 32),
    st.sampled_from(["Jan", "Feb", "Nov", "Abc"]),
    st.sampled_from([1969, 1970, 2026, 2199, 2200]),
    st.tuples(st.integers(0, 25), st.integers(0, 61), st.integers(0, 61)),
    st.sampled_from(["+0000", "-0000", "+0800", "-0330", "+2359", "+2400", "+9999", "+0060"]),
    st.sampled_from(["", " (CST)"]),
)
def test_a_plain_date_reads_as_the_one_with_a_word_behind_it(
    weekday: str, day: int, month: str, year: int, time: tuple[int, int, int], offset: str, comment: str
) -> None:
    hour, minute, second = time
    value = f"{weekday}{day} {month} {year} {hour:02}:{minute:02}:{second:02} {offset}{comment}"
    assert repr(read_date(value)) == repr(read_date(f"{value} ."))


def test_a_date_keeps_its_offset() -> None:
    assert read_date("Mon, 2 Nov 2026 10:00:00 +0800 (CST)") == datetime(
        2026, 11, 2, 10, tzinfo=timezone(timedelta(hours=8))
    )
    leap = read_date("31 Dec 2026 23:59:60 +0000")
    assert leap == datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    ["text/plain", "Text/Plain; Charset=UTF-8", 'multipart/mixed; boundary="a; b"', "attachment;filename=a.pdf",
     'attachment; filename="=?utf-8?B?5oql5Lu3?=.pdf"', "text/plain; charset='utf-8'", 'text/html; charset=""'],
)  # fmt: skip
def test_one_parameter_reads_as_one_of_several(value: str) -> None:
    main, params = read_params(value, Hints())
    assert read_params(f"{value}; format=flowed; delsp=yes", Hints()) == (
        main,
        params | {"format": "flowed", "delsp": "yes"},
    )


@given(st.binary(max_size=80), st.integers(0, 3), st.sampled_from([b"\r\n", b"\n", b" \r\n", b"-\r\n"]))
def test_base64_reads_the_same_however_it_is_padded_and_broken(data: bytes, missing: int, line_end: bytes) -> None:
    letters = base64.b64encode(data)
    lines = line_end.join(letters[at : at + 12] for at in range(0, len(letters), 12))
    assert undo(lines, "base64") == data
    bare = letters.rstrip(b"=")
    kept = bare[: max(0, len(bare) - missing)]
    assert data.startswith(undo(kept, "base64"))
    assert len(undo(kept, "base64")) == len(kept) * 3 // 4


def test_a_parser_and_what_it_reads_go_to_another_process_and_back() -> None:
    raw = (
        b"From: a@buyer.example\r\nTo: b@own.example, c@own.example\r\nDate: 2 Nov 2026 10:00:00 +0800\r\n\r\nHello\r\n"
    )
    parser = pickle.loads(pickle.dumps(Mime()))  # noqa: S301  (our own)
    read = parser.parse(raw)
    assert pickle.loads(pickle.dumps(read)) == read == Mime().parse(raw)  # noqa: S301
