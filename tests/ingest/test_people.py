"""Contacts and companies from mail: who is made, where they are, what they are to us. On both databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ingest.mailroom import NOW, REP, Mailroom, letter, open_room, picture
from ingest.test_rereading import release
from ingest.test_threads import bounce

from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.queries.rows import CompanyRow, ContactRow, WorklistRow
from mailcrm.records import Company, CompanyDomain, Contact, Thread, TurnRecord

HOUR = timedelta(hours=1)
QUOTE = "Please quote 500 valves."
SIGNED = f"{QUOTE}\n\nBest regards\nJan Smit\nKade 12, 3011 Rotterdam, The Netherlands"
RATES = "Our ocean freight rates Ningbo - Hamburg: USD 1,850/40HQ. Do you have any shipment next week?"
SAILS = f"{RATES} Sailing every Friday, transit time 28 days."
BOOKED = "Your booking is confirmed. Please send the shipping instructions, SI cut-off is Friday. Any question?"
FORM = "Name: Ana Lima\nEmail: ana@lima.example\nCountry: Brazil\nProduct: valves\nMessage: please quote"


def companies(room: Mailroom) -> dict[str, CompanyRow]:
    return {row.name: row for row in room.core.ask("companies")}


def contacts(room: Mailroom) -> dict[str, ContactRow]:
    return {row.address: row for row in room.core.ask("contacts")}


def worklist(room: Mailroom) -> dict[str, WorklistRow]:
    return {row.subject: row for row in room.core.ask("worklist", view="all").rows}


def read(room: Mailroom, *mails: bytes) -> None:
    for number, raw in enumerate(mails):
        room.arrives(raw, at=NOW - 20 * HOUR + number * HOUR)
    room.sync()


@pytest.mark.parametrize(
    "mail",
    [
        pytest.param(letter("lin@ningbo.example", "Ask", QUOTE), id="own domain"),
        pytest.param(letter("lin@mail.ningbo.example", "Ask", QUOTE), id="a host of our own domain"),
        pytest.param(letter("no-reply@shop.example", "Ask", QUOTE), id="no-reply"),
        pytest.param(letter("noreply@shop.example", "Ask", QUOTE), id="noreply"),
        pytest.param(letter("do-not-reply@shop.example", "Ask", QUOTE), id="do-not-reply"),
        pytest.param(letter("donotreply@shop.example", "Ask", QUOTE), id="donotreply"),
        pytest.param(letter("no-reply-orders@shop.example", "Ask", QUOTE), id="no-reply and more"),
        pytest.param(letter("orders-noreply@shop.example", "Ask", QUOTE), id="noreply at the end"),
        pytest.param(letter("orders.no-reply@shop.example", "Ask", QUOTE), id="no-reply behind a dot"),
        pytest.param(letter("noreply+a1b2@shop.example", "Ask", QUOTE), id="noreply with a tag"),
        pytest.param(letter("bounces+77@mail.shop.example", "Ask", QUOTE), id="bounces"),
        pytest.param(letter("MAILER-DAEMON@mx.shop.example", "Ask", QUOTE), id="mailer-daemon"),
        pytest.param(letter("postmaster@mx.shop.example", "Ask", QUOTE), id="postmaster"),
        pytest.param(letter("noreply_orders@shop.example", "Ask", QUOTE), id="noreply before a dash below"),
        pytest.param(letter("notification@shop.example", "Ask", QUOTE), id="notification"),
        pytest.param(letter("", "Ask", QUOTE), id="no sender"),
        pytest.param(letter("ann@list.example", "Ask", QUOTE, headers=["List-Id: <l.list.example>"]), id="list"),
        pytest.param(
            letter("ann@shop.example", "Ask", QUOTE, headers=["List-Unsubscribe: <https://shop.example/u>"]), id="bulk"
        ),
        pytest.param(
            letter("tracking@dhl.com", "DHL shipment notification", "Your shipment 1234567890 is on its way?"),
            id="courier",
        ),
        pytest.param(
            bounce().replace(b"MAILER-DAEMON@mx.acme.example", b"ann@shop.example"),
            id="bounce",
        ),
        pytest.param(
            letter("ann@shop.example", "Ask", QUOTE, headers=["Auto-Submitted: auto-replied"]), id="automatic reply"
        ),
        pytest.param(
            letter("ann@shop.example", "Out of office: Offer", "I am back on Monday. Ask my colleague?"),
            id="out of office without a header",
        ),
        pytest.param(
            letter("ann@shop.example", "Ticket", QUOTE, headers=["Auto-Submitted: auto-generated"]), id="a machine's"
        ),
        pytest.param(
            letter("ann@shop.example", "Meeting", "BEGIN:VCALENDAR\nMETHOD:REQUEST").replace(
                b'text/plain; charset="utf-8"', b"text/calendar; method=REQUEST"
            ),
            id="calendar",
        ),
        pytest.param(
            letter("ann@shop.example", "Read: Offer", "--b\n\n--b--").replace(
                b'text/plain; charset="utf-8"',
                b'multipart/report; report-type=disposition-notification; boundary="b"',
            ),
            id="receipt",
        ),
        pytest.param(
            letter("zhao@shop.example", "Packaging", "We are a manufacturer of packaging. Please contact me for prices."),
            id="cold seller",
        ),
        pytest.param(letter("ann@shop.example", "Thanks", "Thank you very much."), id="asks nothing"),
    ],
)  # fmt: skip
def test_nobody_is_made_from(room: Mailroom, mail: bytes) -> None:
    room.arrives(mail)
    room.sync()
    assert room.all(Contact) == []
    assert room.all(Company) == []
    assert room.all(CompanyDomain) == []


@pytest.mark.parametrize("sender", ["reply@shop.example", "noreen@shop.example", "replacements@shop.example"])
def test_a_person_whose_address_looks_alike_is_made(room: Mailroom, sender: str) -> None:
    read(room, letter(sender, "Ask", QUOTE))
    assert list(contacts(room)) == [sender]


def test_country_and_role_with_their_reasons(room: Mailroom) -> None:
    read(room, letter("Jan <jan@acme-valves.example>", "Valves", SIGNED))
    (row,) = companies(room).values()
    assert (row.country, row.role) == ("NL", "prospect")
    assert str(row.country_reason) == "signature says Kade 12, 3011 Rotterdam, The Netherlands"
    assert str(row.role_reason) == "asks for an offer: “Please quote”"
    person = contacts(room)["jan@acme-valves.example"]
    assert (person.country, person.role) == ("NL", "prospect")
    assert worklist(room)["Valves"].country == "NL"


def test_whoever_has_no_company_has_a_country_and_a_role(room: Mailroom) -> None:
    read(room, letter("ana@gmail.com", "Valves", SIGNED))
    assert companies(room) == {}
    person = contacts(room)["ana@gmail.com"]
    assert (person.country, person.role, str(person.role_reason)) == (
        "NL",
        "prospect",
        "asks for an offer: “Please quote”",
    )
    assert worklist(room)["Valves"].country == "NL"
    assert len(room.core.ask("search", query="country:NL")) == 1


def test_the_buyer_of_a_platform_is_where_the_platform_says(room: Mailroom) -> None:
    read(room, letter("inquiry@platform.example", "New inquiry for valves", FORM))
    assert list(contacts(room)) == ["ana@lima.example"]
    assert (companies(room)["Lima"].country, companies(room)["Lima"].role) == ("BR", "prospect")


def test_better_evidence_takes_the_place_of_weaker_and_not_the_other_way(room: Mailroom) -> None:
    read(room, letter("Jan <jan@acme.example>", "One", f"{QUOTE}\n\nRegards\nJan\nTel +49 30 23125 123"))
    assert companies(room)["Acme"].country == "DE"
    read(room, letter("Jan <jan@acme.example>", "Two", SIGNED))
    assert companies(room)["Acme"].country == "NL"
    read(room, letter("Jan <jan@acme.example>", "Three", f"{QUOTE}\n\nRegards\nJan\nTel +49 30 23125 123"))
    assert companies(room)["Acme"].country == "NL"


def test_a_persons_word_is_never_overwritten_and_is_undone_alone(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "One", SIGNED))
    firm = companies(room)["Acme"]
    room.core.do("edit_company", id=firm.id, country="Belgium", role="agent")
    read(room, letter("jan@acme.example", "Two", SIGNED))
    row = companies(room)["Acme"]
    assert (row.country, row.role) == ("BE", "agent")
    assert str(row.country_reason).startswith("set by ")
    room.core.do("undo")
    row = companies(room)["Acme"]
    assert (row.country, row.role) == ("NL", "prospect")


def test_a_persons_word_about_a_contact_stays(room: Mailroom) -> None:
    read(room, letter("Ana <ana@gmail.com>", "One", SIGNED))
    (person,) = contacts(room).values()
    room.core.do("edit_contact", id=person.id, name="Ana Lima", language="pt", role="customer", country="PT")
    read(room, letter("A. L. <ana@gmail.com>", "Two", SIGNED))
    (row,) = contacts(room).values()
    assert (row.name, row.language, row.role, row.country) == ("Ana Lima", "pt", "customer", "PT")


def test_what_is_no_country_is_refused(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "One", QUOTE))
    with pytest.raises(UsageError, match="no country"):
        room.core.do("edit_company", id=companies(room)["Acme"].id, country="Atlantis")


def test_a_forwarders_rates_start_no_clock(room: Mailroom) -> None:
    read(room, letter("Tom <tom@blueocean-logistics.example>", "Rates", RATES))
    row = companies(room)["Blueocean Logistics"]
    assert row.role == "forwarder"
    assert room.all(TurnRecord) == []
    assert worklist(room)["Rates"].band == "others"


def test_a_forwarder_with_a_free_mailbox_starts_no_clock_either(room: Mailroom) -> None:
    read(room, letter("Tom <tomshipping@163.com>", "Rates", SAILS))
    assert contacts(room)["tomshipping@163.com"].role == "forwarder"
    assert room.all(TurnRecord) == []


def test_hints_of_two_mails_count_together_and_stop_the_clock_of_both(room: Mailroom) -> None:
    first = letter("Tom <tom@blueocean-logistics.example>", "Hello", "When can we talk?")
    read(room, first)
    assert [turn.end for turn in room.all(TurnRecord)] == [""]
    read(room, letter("Tom <tom@blueocean-logistics.example>", "Booking", BOOKED))
    assert room.all(TurnRecord) == []


def test_a_forwarder_that_buys_gets_its_clock_back(room: Mailroom) -> None:
    read(room, letter("Tom <tom@blueocean-logistics.example>", "Rates", RATES))
    read(room, letter("Tom <tom@blueocean-logistics.example>", "Pallets", "Please quote 200 pallets for us."))
    assert companies(room)["Blueocean Logistics"].role == "prospect"
    assert len(room.all(TurnRecord)) == 2


def test_one_key_gives_the_clock_back_and_the_guess_is_remembered_by_domain(room: Mailroom) -> None:
    read(room, letter("Tom <tom@blueocean-logistics.example>", "Rates", RATES))
    read(room, letter("Ann <ann@blueocean-logistics.example>", "Question", "When can we talk?"))
    assert room.all(TurnRecord) == []
    room.core.do("edit_company", id=companies(room)["Blueocean Logistics"].id, role="customer")
    assert len(room.all(TurnRecord)) == 2
    read(room, letter("Ann <ann@blueocean-logistics.example>", "Rates again", RATES))
    assert companies(room)["Blueocean Logistics"].role == "customer"
    assert len(room.all(TurnRecord)) == 3


def test_the_role_of_a_company_holds_for_those_who_are_no_contacts(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "Valves", QUOTE), letter("desk@acme.example", "Thanks", "Thank you."))
    assert len(room.all(TurnRecord)) == 2
    room.core.do("edit_company", id=companies(room)["Acme"].id, role="supplier")
    assert room.all(TurnRecord) == []


def test_whom_we_asked_first_and_who_offers_is_a_supplier(room: Mailroom) -> None:
    ask = letter(REP, "Cartons", "Please quote 2,000 cartons.", to="zhao@cartons.example", message_id="1@us")
    room.arrives(ask, at=NOW - 8 * HOUR, folder=b"Sent")
    answer = "Our price is USD 0.50 a piece. When do you want them?"
    room.arrives(letter("zhao@cartons.example", "Re: Cartons", answer, in_reply_to="1@us"), at=NOW - 6 * HOUR)
    room.sync()
    assert companies(room)["Cartons"].role == "supplier"
    assert room.all(TurnRecord) == []


def test_whom_we_offered_to_is_no_supplier(room: Mailroom) -> None:
    offer = letter(REP, "Valves", "Please find our quotation. Please quote us your target.", to="jan@acme.example", message_id="1@us")  # fmt: skip
    room.arrives(offer, at=NOW - 8 * HOUR, folder=b"Sent")
    answer = "Our price is much lower here. What do you say?"
    room.arrives(letter("jan@acme.example", "Re: Valves", answer, in_reply_to="1@us"), at=NOW - 6 * HOUR)
    room.sync()
    assert companies(room)["Acme"].role in ("unknown", "prospect")
    assert len(room.all(TurnRecord)) == 1


def test_reading_again_applies_to_what_is_stored(room: Mailroom) -> None:
    read(room, letter("Tom <tom@acme.example>", "Hello", "When can we talk?"))
    assert (companies(room)["Acme"].country, companies(room)["Acme"].role) == (None, "unknown")
    newer = release(room, "2", lambda mail: replace(mail, body=SIGNED))
    newer.core.do("reparse")
    assert (companies(room)["Acme"].country, companies(room)["Acme"].role) == ("NL", "prospect")
    again = release(newer, "3", lambda mail: replace(mail, body="When can we talk?"))
    again.core.do("reparse")
    assert (companies(room)["Acme"].country, companies(room)["Acme"].role) == (None, "unknown")


def test_the_form_on_our_own_site_stays_theirs_when_it_is_read_again(room: Mailroom) -> None:
    read(room, letter("website@ningbo.example", "Website inquiry", FORM))
    before = picture(room.store)
    release(room, "2").core.do("reparse")
    assert picture(room.store) == before
    assert list(contacts(room)) == ["ana@lima.example"]


def test_mail_that_a_person_calls_spam_tells_nothing(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "One", SIGNED))
    message = room.core.ask("thread", id=f"t{room.all(Thread)[0].id}").messages[0]
    room.core.do("classify", message=message.id, kind="spam")
    assert companies(room)["Acme"].country is None
    room.core.do("undo")
    assert companies(room)["Acme"].country == "NL"


def test_a_company_writes_from_a_second_domain(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "One", QUOTE))
    firm = companies(room)["Acme"]
    row = room.core.do("edit_company", id=firm.id, domain="Acme-Benelux.example").row
    assert row.domains == ("acme-benelux.example", "acme.example")
    read(room, letter("mia@acme-benelux.example", "Two", QUOTE))
    assert list(companies(room)) == ["Acme"]
    assert contacts(room)["mia@acme-benelux.example"].company_id == firm.id


def test_a_domain_is_taken_back(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "One", QUOTE))
    room.core.do("edit_company", id=companies(room)["Acme"].id, domain="acme-benelux.example")
    read(room, letter("mia@acme-benelux.example", "Two", QUOTE))
    room.core.do("undo")
    assert companies(room)["Acme"].domains == ("acme.example",)


@pytest.mark.parametrize("domain", ["gmail.com", "ningbo.example", "mail.ningbo.example", "acme"])
def test_a_domain_that_can_be_no_customers_is_refused(room: Mailroom, domain: str) -> None:
    read(room, letter("jan@acme.example", "One", QUOTE))
    with pytest.raises(RefusedByRule):
        room.core.do("edit_company", id=companies(room)["Acme"].id, domain=domain)


def test_a_domain_of_another_company_is_no_reason_to_take_it(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "One", QUOTE), letter("mia@beta.example", "Two", QUOTE))
    with pytest.raises(RefusedByRule, match="another company"):
        room.core.do("edit_company", id=companies(room)["Acme"].id, domain="beta.example")


def test_somebody_with_a_free_mailbox_is_given_to_a_company(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "One", QUOTE), letter("jan.smit@gmail.com", "Two", SIGNED))
    firm = companies(room)["Acme"]
    assert firm.country is None
    room.core.do("edit_contact", id=contacts(room)["jan.smit@gmail.com"].id, company=firm.id)
    assert companies(room)["Acme"].country == "NL"
    assert len(companies(room)["Acme"].contacts) == 2
    room.core.do("undo")
    assert companies(room)["Acme"].country is None
    assert contacts(room)["jan.smit@gmail.com"].company_id is None


def test_two_companies_are_made_one_and_two_again(room: Mailroom) -> None:
    read(
        room,
        letter("jan@acme.example", "One", QUOTE),
        letter("mia@beta.example", "Two", f"{QUOTE}\n\nRegards\nMia\nTel +49 30 23125 123"),
    )
    acme, beta = companies(room)["Acme"], companies(room)["Beta"]
    room.core.do("edit_company", id=beta.id, role="customer")
    before = picture(room.store)
    said = room.core.do("merge_company", company=acme.id, other=beta.id)
    assert (said.row.domains, len(said.row.contacts)) == (("acme.example", "beta.example"), 2)
    assert (said.row.role, said.row.country) == ("customer", "DE")
    assert list(companies(room)) == ["Acme"]
    assert {thread.company_id for thread in room.all(Thread)} == {int(acme.id[1:])}
    assert {turn.party for turn in room.all(TurnRecord)} == {f"company:{acme.id[1:]}"}
    room.core.do("undo")
    assert picture(room.store) == before


def test_an_answer_to_a_colleague_at_the_other_domain_closes_after_a_merge(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "Valves", QUOTE, message_id="1@a"), letter("mia@beta.example", "Two", QUOTE))
    room.core.do("merge_company", company=companies(room)["Acme"].id, other=companies(room)["Beta"].id)
    answer = letter(REP, "Re: Valves", "The price is 1.20.", to="mia@beta.example", in_reply_to="1@a")
    room.arrives(answer, at=NOW - HOUR, folder=b"Sent")
    room.sync()
    ends = {row.subject: row.state for row in room.core.ask("threads")}
    assert ends["Valves"] == "closed"


def test_who_wrote_since_from_a_merged_domain_goes_back_with_it(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "One", QUOTE), letter("mia@beta.example", "Two", QUOTE))
    room.core.do("merge_company", company=companies(room)["Acme"].id, other=companies(room)["Beta"].id)
    read(room, letter("tom@beta.example", "Three", QUOTE), letter("new@gamma.example", "Four", QUOTE))
    room.core.do("undo")
    assert contacts(room)["tom@beta.example"].company == "Beta"
    assert {row.id for row in room.all(Company)} == {1, 2, 3}


def test_a_company_is_not_merged_with_itself(room: Mailroom) -> None:
    read(room, letter("jan@acme.example", "One", QUOTE))
    firm = companies(room)["Acme"]
    with pytest.raises(RefusedByRule):
        room.core.do("merge_company", company=firm.id, other=firm.id)


# Whoever there is: a forwarder told by two mails, one who buys after all, a buyer with three hints at a country, a platform's
# buyer who writes himself later, a supplier we asked, a free mailbox, a cold seller who asks later, names told late.
STORY: list[tuple[bytes, bytes]] = [
    (b"INBOX", letter("tom@blueocean-logistics.example", "Hello", "When can we talk?")),
    (b"INBOX", letter("Tom <tom@blueocean-logistics.example>", "Booking", BOOKED)),
    (b"INBOX", letter("ops@seaway-freight.example", "Rates", RATES)),
    (b"INBOX", letter("Ann <ann@seaway-freight.example>", "Pallets", "Please quote 200 pallets for us.")),
    (b"INBOX", letter("Jan <jan@acme.example>", "Thanks", "Thank you.")),
    (b"INBOX", letter("jan@acme.example", "One", f"{QUOTE}\n\nRegards\nJan\nTel +49 30 23125 123")),
    (b"INBOX", letter("mia@acme.example", "Two", SIGNED)),
    (b"INBOX", letter("J. Smit <jan@acme.example>", "Three", f"{QUOTE}\n\nRegards\nJan\nKade 1, Antwerp, Belgium")),
    (b"INBOX", letter("inquiry@platform.example", "New inquiry for valves", FORM)),
    (b"INBOX", letter("Ana Lima <ana@lima.example>", "Order", "Adjunto nuestro pedido de compra 88.")),
    (b"Sent", letter(REP, "Cartons", "Please quote 2,000 cartons.", to="zhao@cartons.example", message_id="1@us")),
    (b"INBOX", letter("zhao@cartons.example", "Re: Cartons", "Our price is USD 0.50. When?", in_reply_to="1@us")),
    (b"INBOX", letter("maggie@163.com", "Space", SAILS)),
    (b"INBOX", letter("li@cold.example", "Offer", "We are a manufacturer of packaging. Please contact me.")),
    (b"INBOX", letter("Li <li@cold.example>", "Visit", "May I ask when you are free?")),
    (b"INBOX", letter("news@acme.example", "News", headers=["List-Id: <n.acme.example>"])),
]


def _told(room: Mailroom, order: Sequence[int], cuts: frozenset[int]) -> list[object]:
    for position, index in enumerate(order):
        folder, raw = STORY[index]
        room.arrives(raw, at=NOW - 20 * HOUR + index * HOUR, folder=folder)
        if position in cuts:
            room.sync()
    room.sync()
    told = picture(room.store)
    return [told[part] for part in ("contacts", "companies", "judged", "messages", "threads", "turns")]


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory, fresh_sqlite: Path) -> list[object]:
    room = open_room(tmp_path_factory.mktemp("straight") / "home", fresh_database=fresh_sqlite)
    told = _told(room, range(len(STORY)), frozenset(range(len(STORY))))
    roles = {name: (row.role, row.country) for name, row in companies(room).items()}
    assert roles == {
        "Blueocean Logistics": ("forwarder", None),
        "Seaway Freight": ("prospect", None),
        "Acme": ("prospect", "NL"),
        "Lima": ("customer", "BR"),
        "Cartons": ("supplier", None),
        "Cold": ("unknown", None),
    }
    assert contacts(room)["jan@acme.example"].name == "Jan"
    room.core.close()
    return told


@settings(max_examples=25)
@given(order=st.permutations(range(len(STORY))), cuts=st.frozensets(st.integers(0, len(STORY) - 1), max_size=4))
def test_any_order_of_arrival_gives_the_same_people(
    fresh_sqlite: Path, straight: list[object], order: Sequence[int], cuts: frozenset[int]
) -> None:
    with TemporaryDirectory() as place:
        room = open_room(Path(place) / "home", fresh_database=fresh_sqlite)
        try:
            assert _told(room, order, cuts) == straight
        finally:
            room.core.close()


def test_both_databases_tell_the_same_people(new_room: Callable[[], Mailroom], straight: list[object]) -> None:
    assert _told(new_room(), list(reversed(range(len(STORY)))), frozenset({3, 8})) == straight
