"""Tags, and where a person says that a customer is: kept, found by, merged and taken back. On both databases."""

from __future__ import annotations

import pytest
from ingest.mailroom import Mailroom, letter

from mailcrm.domain.errors import NotFound, UsageError

JAN = "Jan Novák <jan@acme.example>"
KIM = "Kim <kim@gmail.com>"


@pytest.fixture
def room(room: Mailroom) -> Mailroom:
    """A company's mail, another company's, and that of somebody without one."""
    room.arrives(letter(JAN, "Valves"))
    room.arrives(letter("Eva <eva@graz.example>", "Flanges"))
    room.arrives(letter(KIM, "Bolts"))
    room.sync()
    return room


def company(room: Mailroom, name: str) -> str:
    return str(next(row.id for row in room.core.ask("companies") if row.name == name))


def contact(room: Mailroom, address: str) -> str:
    return str(next(row.id for row in room.core.ask("contacts") if row.address == address))


def subjects(room: Mailroom, query: str) -> set[str]:
    found = {row.subject for row in room.core.ask("threads", query=query)}
    assert found == {row.subject for row in room.core.ask("search", query=query)}
    return found


def test_mail_is_found_by_the_tags_of_its_writers_and_their_companies(room: Mailroom) -> None:
    acme, graz, kim = company(room, "Acme"), company(room, "Graz"), contact(room, "kim@gmail.com")
    assert room.core.do("tag", id=acme, add=("Importer", "#VIP")).row.tags == ("importer", "vip")
    room.core.do("tag", id=graz, add=("importer",))
    assert room.core.do("tag", id=kim, add=("vip",)).row.tags == ("vip",)
    assert subjects(room, "tag:importer") == {"Valves", "Flanges"}
    assert subjects(room, "tag:VIP") == {"Valves", "Bolts"}
    assert subjects(room, "tag:vip tag:importer") == {"Valves"}
    assert subjects(room, "tag:vip bolts") == {"Bolts"}
    assert subjects(room, "tag:old") == set()
    assert room.core.do("tag", id=acme, remove=("vip",)).row.tags == ("importer",)
    assert subjects(room, "tag:vip") == {"Bolts"}
    room.core.do("undo")
    assert room.core.ask("company", id=acme).tags == ("importer", "vip")


def test_a_tag_with_a_space_is_found_in_quotation_marks(room: Mailroom) -> None:
    room.core.do("tag", id=company(room, "Acme"), add=("Canton  fair",))
    assert subjects(room, 'tag:"canton fair"') == {"Valves"}


@pytest.mark.parametrize("tag", ["", "…", "a,b", "x" * 41, "a:b", "a\x1bb", "\u202ea"])
def test_what_is_no_tag_is_told_with_the_mend(room: Mailroom, tag: str) -> None:
    with pytest.raises(UsageError) as caught:
        room.core.do("tag", id=company(room, "Acme"), add=(tag,))
    assert caught.value.hint


def test_a_tag_that_is_not_there_cannot_be_taken_away(room: Mailroom) -> None:
    with pytest.raises(NotFound, match="no tag old"):
        room.core.do("tag", id=company(room, "Acme"), add=("new",), remove=("old",))
    assert room.core.ask("company", id=company(room, "Acme")).tags == ()


def test_two_companies_made_one_have_the_tags_and_the_place_of_both(room: Mailroom) -> None:
    acme, graz = company(room, "Acme"), company(room, "Graz")
    room.core.do("tag", id=acme, add=("importer",))
    room.core.do("tag", id=graz, add=("vip",))
    room.core.do("edit_company", id=graz, zone="Vienna")
    merged = room.core.do("merge_company", company=acme, other=graz).row
    assert (merged.tags, merged.time_zone) == (("importer", "vip"), "Europe/Vienna")
    room.core.do("undo")
    assert [(row.tags, row.time_zone) for row in room.core.ask("companies")] == [
        (("importer",), None),
        (("vip",), "Europe/Vienna"),
    ]


@pytest.mark.parametrize(
    ("said", "country", "zone"),
    [
        ("Boston", "US", "America/New_York"),
        ("europe/berlin", "", "Europe/Berlin"),
        ("São Paulo", "BR", "America/Sao_Paulo"),
        ("UTC+5", "", "Etc/GMT-5"),
        ("+5:30", "", "Asia/Kolkata"),
        ("", "", None),
    ],
)
def test_a_person_says_where_a_customer_is(room: Mailroom, said: str, country: str, zone: str | None) -> None:
    acme = company(room, "Acme")
    assert room.core.do("edit_company", id=acme, country=country, zone=said).row.time_zone == zone
    jan = contact(room, "jan@acme.example")
    assert room.core.do("edit_contact", id=jan, zone=said).row.time_zone == zone
    room.core.do("undo")
    assert room.core.ask("contact", id=jan).time_zone is None


def test_a_place_that_nobody_knows_is_told_with_the_mend(room: Mailroom) -> None:
    with pytest.raises(UsageError, match="No time zone is known for Atlantis") as caught:
        room.core.do("edit_company", id=company(room, "Acme"), zone="Atlantis")
    assert "Europe/Berlin" in str(caught.value.hint)


def test_an_honorific_stands_in_the_salutation(room: Mailroom) -> None:
    jan = contact(room, "jan@acme.example")
    thread = next(row.id for row in room.core.ask("threads") if row.subject == "Valves")
    shown = {"thread": thread, "template": "plain_reply", "language": "en", "variables": {"body": "Yes."}}
    assert room.core.ask("preview", **shown).body.startswith("Dear Jan Novák,")
    room.core.do("edit_contact", id=jan, honorific="Mr")
    assert room.core.ask("preview", **shown).body.startswith("Dear Mr Novák,")
