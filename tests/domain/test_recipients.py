"""Recipients as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.message import Address
from mailcrm.domain.recipients import addresses, around, parts_of, person_of, written


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("", ()),
        (" ,; ", ()),
        ("a@a.example", (Address("", "a@a.example"),)),
        ("Jan <a@a.example>, b@b.example", (Address("Jan", "a@a.example"), Address("", "b@b.example"))),
        (
            "李小龙 <a@a.example>；b@b.example，c",
            (Address("李小龙", "a@a.example"), Address("", "b@b.example"), Address("", "c")),
        ),
        ('"Vries, Jan de" <a@a.example>; x', (Address("Vries, Jan de", "a@a.example"), Address("", "x"))),
        ("half <a@", (Address("", "half <a@"),)),
    ],
)
def test_people_of_a_field(text: str, people: tuple[Address, ...]) -> None:
    assert tuple(person_of(part) for part in parts_of(text)) == people


def test_bare_addresses() -> None:
    assert addresses("Jan <jan@a.example>, b@b.example；c@c.example") == ("jan@a.example", "b@b.example", "c@c.example")


@given(st.text(max_size=40), st.sampled_from(["jan@a.example", "x+y@b.example"]))
def test_a_person_is_written_as_one_part(name: str, address: str) -> None:
    (part,) = parts_of(written(Address(name, address)))
    assert person_of(part).addr_spec == address


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        ("", 0, ""),
        ("jan", 3, "jan"),
        ("a@a, ja", 7, " ja"),
        ("a@a, ja, c", 7, " ja"),
        ("a@a,", 4, ""),
        ("a@a, c", 1, "a@a"),
    ],
)
def test_the_part_in_which_the_cursor_stands(text: str, place: int, part: str) -> None:
    start, end = around(text, place)
    assert text[start:end] == part
