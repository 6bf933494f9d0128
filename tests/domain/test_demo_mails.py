"""The demo's story: well-formed mails in many languages, dated from now, with every situation a newcomer should meet."""

from __future__ import annotations

import email
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcrm.adapters.demo.moments import age, fill
from mailcrm.adapters.demo.papers import paper
from mailcrm.adapters.demo.story import GO_LIVE, REP, STEPS, DemoMail, mails
from mailcrm.adapters.demo.talks import read_talk

NOW = datetime(2026, 11, 23, 9, 30, 12, 345678, tzinfo=UTC)
HOUR = timedelta(hours=1)
YEARS = datetime(2026, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 - the zone is drawn beside them
CODECS = {"gb2312": "gb18030", "iso-8859-1": "cp1252"}


def message_id(message: Message) -> str:
    return str(message["Message-ID"]).strip("<>")


MAILS: Mapping[str, tuple[DemoMail, Message]] = {
    message_id(parsed): (mail, parsed) for mail in mails(NOW) for parsed in [email.message_from_bytes(mail.raw)]
}


def text_of(message: Message) -> str:
    texts = []
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if part.get_content_maintype() == "text" and isinstance(payload, bytes):
            charset = part.get_content_charset("us-ascii")
            texts.append(payload.decode(CODECS.get(charset, charset)))
    return "\n".join(texts)


def header(message: Message, name: str) -> str:
    """Decode as a mail program does; make_header would refuse what lies beyond gb2312."""
    words = ((part, charset or "ascii") for part, charset in decode_header(message.get(name, "")))
    return "".join(part if isinstance(part, str) else part.decode(CODECS.get(label, label)) for part, label in words)


def hours_ago(mail_id: str) -> float:
    return (NOW - MAILS[mail_id][0].arrived_at) / HOUR


@pytest.mark.parametrize("mail_id", MAILS)
def test_every_mail_is_well_formed(mail_id: str) -> None:
    mail, message = MAILS[mail_id]
    assert [defect for part in message.walk() for defect in part.defects] == []
    assert b"\n" not in mail.raw.replace(b"\r\n", b"")
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 998
    assert all(message[name] for name in ("Date", "From", "To", "Subject"))
    assert text_of(message).strip()
    assert mail.folder in {"INBOX", "Sent", "Archive"}


def test_message_ids_are_unique() -> None:
    assert len(MAILS) == len(mails(NOW)) >= 44


@pytest.mark.parametrize("mail_id", MAILS)
def test_nobody_outside_the_made_up_world_is_named(mail_id: str) -> None:
    _mail, message = MAILS[mail_id]
    everything = "\n".join([*(header(message, name) for name in set(message.keys())), text_of(message)])
    domains = re.findall(r"@([\w-]+(?:\.[\w-]+)+)|https?://([^/\s\"]+)", everything)
    assert domains
    assert [name for pair in domains for name in pair if name and not name.endswith(".example")] == []


@pytest.mark.parametrize("mail_id", [key for key, (_mail, message) in MAILS.items() if message["In-Reply-To"]])
def test_answers_refer_to_an_earlier_mail_of_the_mailbox(mail_id: str) -> None:
    mail, message = MAILS[mail_id]
    parent = str(message["In-Reply-To"]).strip("<>")
    references = re.findall(r"<([^>]+)>", message["References"])
    assert references[-1] == parent
    assert all(MAILS[each][0].arrived_at < mail.arrived_at for each in references)
    assert references == sorted(references, key=lambda each: MAILS[each][0].arrived_at)


@pytest.mark.parametrize(
    ("language", "mail_id", "words"),
    [
        ("de", "2611-0466@nordwind-armaturen.example", "Können Sie uns für 6.000 Stück DN20"),
        ("es", "CAJx7Lq0Rios20@luminex-mx.example", "¿Cuál es el precio FOB Ningbo"),
        ("fr", "5c1f09.2297@jardivert.example", "le vert est-il toujours le RAL 6018"),
        ("zh", "20611958-lf@lianfeng-hardware.example", "约合 €18,000，11月28日前可付 30% 定金"),
        ("ar", "8874.kh@alwaha-trading.example", "هل يمكن تخفيض سعر الطراز"),
        ("ru", "1f77c0.sokolov@teplosnab.example", "Прошу выслать проформу-инвойс"),
        ("pt", "41007.mt@hidrolar.example", "Alguma novidade sobre o e-mail abaixo?"),
        ("it", "GB-20261-77@ferramenta-bianchi.example", "perdono dallo stelo già a 6 bar"),
        ("tr", "ey-20417@yildiz-aydinlatma.example", "Bu belgeleri ne zaman gönderebilirsiniz?"),
        ("pl", "hk-2291@hurtownia-kowalski.example", "zostanie wysłane nasze zamówienie"),
        ("nl", "jdv-3307@devries-tuin.example", "Wat is de levertijd?"),
        ("ja", "20611010.tanaka@tanaka-shoji.example", "追加で注文したいと考えております"),
        ("en", "so.11902@riftvalley-irrigation.example", "Please quote CIF Mombasa"),
    ],
)
def test_customers_write_in_their_own_languages(language: str, mail_id: str, words: str) -> None:
    assert words in text_of(MAILS[mail_id][1])


def test_charsets_and_encodings_are_those_of_life() -> None:
    parts = [part for _mail, message in MAILS.values() for part in message.walk()]
    assert {part.get_content_charset() for part in parts} >= {
        "utf-8", "gb2312", "iso-8859-1", "iso-8859-2", "iso-8859-9", "windows-1252", "windows-1256", "koi8-r", "iso-2022-jp",
    }  # fmt: skip
    assert {part["Content-Transfer-Encoding"] for part in parts} >= {"base64", "quoted-printable", "7bit", "8bit"}
    assert {part.get_content_type() for part in parts} >= {
        "text/html",
        "text/calendar",
        "application/pdf",
        "image/jpeg",
    }


def test_mail_labelled_gb2312_holds_more_than_gb2312() -> None:
    (payload,) = [
        part.get_payload(decode=True)
        for part in MAILS["20611958-lf@lianfeng-hardware.example"][1].walk()
        if part.get_content_charset() == "gb2312"
    ]
    assert isinstance(payload, bytes)
    with pytest.raises(UnicodeDecodeError):
        payload.decode("gb2312")


@settings(max_examples=20, deadline=None)
@given(st.datetimes(*YEARS, timezones=st.sampled_from([UTC, ZoneInfo("Asia/Shanghai")])))
def test_whenever_the_demo_starts_no_mail_comes_from_the_future(now: datetime) -> None:
    for mail in mails(now):
        message = email.message_from_bytes(mail.raw)
        assert parsedate_to_datetime(message["Date"]) <= mail.arrived_at <= now
        assert mail.arrived_at.utcoffset() == timedelta()
        assert not re.search(r"\{(date|day|dmy|md|stamp|esc)\b", header(message, "Subject") + text_of(message))


def test_mails_come_oldest_first_and_the_same_moment_gives_the_same_mails() -> None:
    told = mails(NOW)
    assert told == sorted(told, key=lambda mail: mail.arrived_at)
    assert told == mails(NOW)


@pytest.mark.parametrize(
    ("situation", "mail_id", "older_than", "younger_than"),
    [
        ("overdue", "2611-0466@nordwind-armaturen.example", 24, 48),
        ("overdue, chased", "40992.mt@hidrolar.example", 24, 48),
        ("the chaser itself", "41007.mt@hidrolar.example", 0, 4),
        ("overdue by more than a day", "8874.kh@alwaha-trading.example", 48, 72),
        ("at risk", "CAJx7Lq0Rios20@luminex-mx.example", 20, 24),
        ("at risk", "5c1f09.2297@jardivert.example", 20, 24),
        ("running, Chinese", "20611958-lf@lianfeng-hardware.example", 0, 20),
        ("running, Russian", "1f77c0.sokolov@teplosnab.example", 0, 20),
        ("running, complaint", "GB-20261-77@ferramenta-bianchi.example", 0, 20),
        ("running, payment slip", "20617-dm@ferreteria-losandes.example", 0, 20),
        ("running, new sender", "so.11902@riftvalley-irrigation.example", 0, 20),
        ("running again after a bounce", "mrp-90881@mapleridge-plumbing.example", 0, 20),
        ("looks finished", "bh-0519@bluegum-hardware.example", 0, 20),
        ("history", "20611010.tanaka@tanaka-shoji.example", 168, 1000),
        ("history, never answered", "qv-118@quinta-verde.example", 168, 1000),
    ],
)
def test_each_situation_is_there(situation: str, mail_id: str, older_than: float, younger_than: float) -> None:
    assert older_than < hours_ago(mail_id) < younger_than
    assert MAILS[mail_id][0].folder != "Sent"


@pytest.mark.parametrize(
    ("asked", "answer", "hours"),
    [
        ("CAF3-dw-1214@greenfield-supply.example", "4E1B9C02-77A0@phone.brightport.example", (0, 24)),
        ("5521-of@harlow-finch.example", "lw.61219.944@brightport.example", (24, 48)),
        ("mrp-90881@mapleridge-plumbing.example", "lw.61239.1008@brightport.example", (0, 24)),
    ],
)
def test_what_lies_in_sent_answers_in_time_or_late(asked: str, answer: str, hours: tuple[int, int]) -> None:
    reply, message = MAILS[answer]
    assert reply.folder == "Sent"
    assert asked in message["References"]
    assert hours[0] < hours_ago(asked) - hours_ago(answer) < hours[1]


@pytest.mark.parametrize(
    ("bounce", "ours", "action"),
    [
        ("dsn.90881.1@out1.brightport.example", "lw.61239.1008@brightport.example", "failed"),
        ("dsn.22910.2@out1.brightport.example", "lw.61228.970@brightport.example", "delayed"),
    ],
)
def test_bounces_name_the_mail_that_came_back(bounce: str, ours: str, action: str) -> None:
    notice, message = MAILS[bounce]
    report, status, returned = (part for part in message.walk() if not part.get_content_type().startswith("multipart/") and part.get_payload())  # fmt: skip
    assert report.get_content_type() == "text/plain"
    assert f"Action: {action}" in notice.raw.decode()
    assert ours in returned.as_string()
    assert MAILS[ours][1]["To"].rpartition("<")[2].strip(">") in report.as_string()
    assert status is not None


def test_machines_write_with_the_headers_of_their_kind() -> None:
    def headers(mail_id: str) -> Message:
        return MAILS[mail_id][1]

    assert headers("auto-3307-1@devries-tuin.example")["Auto-Submitted"] == "auto-replied"
    assert headers("weekly.2061.88102@fairnews.example")["List-Unsubscribe"]
    assert headers("mdn-5530@harlow-finch.example").get_param("report-type") == "disposition-notification"
    assert "method=REQUEST" in headers("cal-77120@harlow-finch.example").as_string()
    silent = headers("ooo-1770@ferreteria-losandes.example")
    assert header(silent, "Subject").startswith("Respuesta automática:")
    assert not {name.lower() for name, _value in silent.items()} & {
        "auto-submitted",
        "precedence",
        "x-autoreply",
        "x-autorespond",
    }


def test_the_couriers_number_has_a_true_check_digit() -> None:
    subject = MAILS["od.4372819651.DELIVERED@dhl.example"][1]["Subject"]
    number = re.search(r"\d{10}", subject)
    assert number
    assert int(number[0][:9]) % 7 == int(number[0][9])


def test_names_beyond_gb2312_stand_in_gb2312_words() -> None:
    message = MAILS["20611958-lf@lianfeng-hardware.example"][1]
    assert message["Cc"].startswith("=?gb2312?B?")
    assert header(message, "Cc").startswith("李喆 ")
    assert header(message, "Subject") == "回复: Re: 回复: Re: 询价：不锈钢球阀与铜闸阀"


def test_hostile_text_travels_encoded() -> None:
    mail, message = MAILS["7f.claims.0091@lucky-transfer.example"]
    assert header(message, "Subject").startswith("[@click=app.quit]")
    assert "\x1b[31m" in header(message, "Subject")
    assert b"\x1b" not in mail.raw


def test_the_reps_decisions_fit_the_mails() -> None:
    for step in STEPS:
        assert step.at < timedelta()
        if step.verb == "hold":
            assert -step.at < hours_ago(step.message_id) * HOUR < -GO_LIVE
            assert step.estimate > step.at
        else:
            assert (step.verb, step.role) == ("role", "forwarder")
            assert any(f"@{step.domain}" in message["From"] for _mail, message in MAILS.values())


def test_promises_are_kept_waiting_near_and_broken() -> None:
    estimates = [step.estimate for step in STEPS if step.verb == "hold"]
    assert sum(estimate > 4 * HOUR for estimate in estimates) >= 2
    assert sum(timedelta() < estimate <= 4 * HOUR for estimate in estimates) >= 1
    assert sum(estimate < timedelta() for estimate in estimates) >= 1


def test_our_own_mail_is_the_reps() -> None:
    assert all(REP[1] in message["From"] for mail, message in MAILS.values() if mail.folder == "Sent")


def test_a_pdf_says_its_words_and_its_table_points_at_its_objects() -> None:
    media_type, octets = paper("PI-1.pdf", "Proforma 1")
    start = int(octets.split(b"startxref\n")[1].split()[0])
    offsets = [int(line[:10]) for line in octets[start:].splitlines()[3:7]]
    assert media_type == "application/pdf"
    assert b"(Proforma 1) Tj" in octets
    assert [octets[offset : offset + 7] for offset in offsets] == [b"%d 0 obj" % number for number in range(1, 5)]


def test_a_photo_is_a_whole_jpeg() -> None:
    media_type, octets = paper("valve.jpg", "")
    assert media_type == "image/jpeg"
    assert (octets[:2], octets[-2:]) == (b"\xff\xd8", b"\xff\xd9")


@pytest.mark.parametrize(("text", "hours"), [("-26h", -26), ("+2d", 48), ("-3d4h30m", -76.5), ("+15m", 0.25)])
def test_ages(text: str, hours: float) -> None:
    assert age(text) == hours * HOUR


@pytest.mark.parametrize("text", ["26h", "-", "-h", "-1w", "now"])
def test_what_is_no_age(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        age(text)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("{date:-1h}", "Mon, 23 Nov 2026 16:30:12 +0800"),
        ("{day:+3d}", "26 November"),
        ("{dmy:+3d}", "26.11.2026"),
        ("{md:+7h}", "11月24日"),
        ("{stamp:+1h}", "20261123T103012Z"),
        ("{esc}[0m", "\x1b[0m"),
        ("{other}", "{other}"),
    ],
)
def test_places(place: str, told: str) -> None:
    assert fill(place, NOW, "Asia/Shanghai") == told


def test_a_conversation_is_read_as_it_stands() -> None:
    first, second = read_talk(
        "What it shows.\n\n@mail INBOX -26h\nId: a@b.example\nFrom: Jan <jan@b.example>\nTo: x@y.example, z@y.example\n"
        "Zone: Europe/Paris\nSubject: Prix: 3\nX-Mailer: none\n\nBonjour\n\n@mail Archive -2h\nId: c@b.example\n"
        "Answers: a@b.example\nFrom: jan@b.example\nTo: x@y.example\nSubject: encore\nAttach: a.pdf | A; b.jpg\n\nEncore\n"
    )
    assert (first.folder, first.age, first.sender, first.zone) == (
        "INBOX",
        -26 * HOUR,
        ("Jan", "jan@b.example"),
        "Europe/Paris",
    )
    assert (first.subject, first.headers, first.body) == ("Prix: 3", (("X-Mailer", "none"),), "Bonjour\n")
    assert first.to == (("", "x@y.example"), ("", "z@y.example"))
    assert (second.answers, second.zone, second.attach) == (
        "a@b.example",
        "Europe/Paris",
        (("a.pdf", "A"), ("b.jpg", "")),
    )
