"""Kinds of mail and what they carry (mail.md, "Kinds"): each by its own plain signals, each with visible signals."""

from __future__ import annotations

import pytest

from mailcrm.adapters.mime import Mime
from mailcrm.domain.couriers.numbers import number_valid
from mailcrm.domain.message import Kind, ReadMail
from mailcrm.ingest.reading import read_mail


def read(text: str) -> ReadMail:
    return read_mail(Mime(), text.encode())


BUYER = "From: Ana <ana@buyer.example>\nTo: lin@seller.example\n"
DAEMON = "From: MAILER-DAEMON@mx.example\nTo: lin@seller.example\nAuto-Submitted: auto-replied\n"


RECEIPT = (
    f"{BUYER}Subject: Read: Offer\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
    "--b\nContent-Type: text/plain\n\nread\n--b\nContent-Type: message/disposition-notification\n\nDisposition: x; displayed\n--b--\n"
)


def dsn(fields: str, original: str = "Message-ID: <q1@seller.example>\nSubject: Offer\n") -> str:
    return (
        f"{DAEMON}Subject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nYour mail could not be delivered.\n"
        f"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n{fields}\n"
        f"--b\nContent-Type: message/rfc822\n\n{original}\nbody\n--b--\n"
    )


@pytest.mark.parametrize(
    ("mail", "kind"),
    [
        (f"{BUYER}Subject: Inquiry\n\nPlease quote.", Kind.HUMAN),
        (f"{BUYER}Subject: Inquiry\nX-Auto-Response-Suppress: All\n\nPlease quote.", Kind.HUMAN),
        (f"{BUYER}Subject: Inquiry\nAuto-Submitted: no\n\nPlease quote.", Kind.HUMAN),
        (f"{BUYER}Subject: your mail was undeliverable\n\nIt says: user unknown, could not be delivered.", Kind.HUMAN),
        (f"{BUYER}Subject: When are you out of office?\n\nTell me.", Kind.HUMAN),
        (f"{BUYER}Subject: Office chairs, absent armrests\n\nHi", Kind.HUMAN),
        (f"{BUYER}Subject: x\nAuto-Submitted: auto-replied\n\nI am away.", Kind.AUTO_REPLY),
        (f"{BUYER}Subject: x\nX-Autoreply: yes\n\nI am away.", Kind.AUTO_REPLY),
        (f"{BUYER}Subject: x\nX-Autorespond: yes\n\nI am away.", Kind.AUTO_REPLY),
        (f"{BUYER}Subject: x\nPrecedence: auto_reply\n\nI am away.", Kind.AUTO_REPLY),
        (f"{BUYER}Subject: x\nAuto-Submitted: auto-generated\n\nTicket 4711 was opened.", Kind.AUTO_GENERATED),
        (f"{BUYER}Subject: News\nList-Unsubscribe: <https://n.example>\n\nBuy", Kind.BULK),
        (f"{BUYER}Subject: News\nList-Id: <n.example>\n\nBuy", Kind.BULK),
        (f"{BUYER}Subject: News\nPrecedence: bulk\n\nBuy", Kind.BULK),
        (f"{BUYER}Subject: x\nPrecedence: list\nAuto-Submitted: auto-replied\n\nAway", Kind.AUTO_REPLY),
        (f"{BUYER}Subject: Meet\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR", Kind.CALENDAR),
        (f"{BUYER}Subject: Meet\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\n", Kind.CALENDAR),
        (RECEIPT, Kind.RECEIPT),
        (dsn("Final-Recipient: rfc822; a@b.example\nAction: delivered\nStatus: 2.0.0"), Kind.RECEIPT),
        (dsn("Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1"), Kind.BOUNCE_HARD),
        (dsn("Final-Recipient: rfc822; a@b.example\nAction: delayed\nStatus: 4.4.1"), Kind.BOUNCE_SOFT),
    ],
)  # fmt: skip
def test_the_kind_and_why(mail: str, kind: Kind) -> None:
    got = read(mail)
    assert got.kind is kind
    assert bool(got.kind_signals) == (kind is not Kind.HUMAN)


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Offer", "Auto: Out of Office", "Out of Office: Re: Offer", "Out-of-office reply",
        "Respuesta automática: Oferta", "Fuera de la oficina", "Automatische Antwort: Angebot", "Abwesenheitsnotiz: Angebot",
        "Réponse automatique : Offre", "Resposta automática: Oferta", "Risposta automatica: Offerta", "Автоматический ответ: Цена",
        "Automatisch antwoord: Offerte", "Autosvar: Erbjudande", "Odpowiedź automatyczna: Oferta", "Otomatik yanıt: Teklif",
        "自动回复: 报价", "自動回覆：報價", "自動返信: 見積", "자동 회신: 견적", "رد تلقائي: عرض", "Re: 自动回复：出差中",
    ],
)  # fmt: skip
def test_an_out_of_office_subject_alone_counts(subject: str) -> None:
    mail = f"{BUYER}Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\nBack on Monday."
    assert read(mail).kind is Kind.AUTO_REPLY


def test_a_report_tells_recipient_status_action_diagnostic_and_the_original() -> None:
    got = read(
        dsn(
            "Original-Recipient: rfc822;ana@buyer.example\nFinal-Recipient: rfc822; ana.perez@buyer.example\nAction: failed\n"
            "Status: 5.0.0\nDiagnostic-Code: smtp; 550 5.1.1 <ana@buyer.example>:\n unknown user"
        )
    )
    assert got.bounce is not None
    assert got.bounce.recipient == "ana@buyer.example"
    assert got.bounce.status == "5.1.1"  # what the server answered says more than 5.0.0
    assert got.bounce.action == "failed"
    assert got.bounce.diagnostic == "550 5.1.1 <ana@buyer.example>: unknown user"
    assert got.bounce.original_message_id == "q1@seller.example"


def test_of_several_recipients_the_failed_one_is_told() -> None:
    got = read(
        dsn(
            "Final-Recipient: rfc822; ok@b.example\nAction: relayed\nStatus: 2.0.0\n\n"
            "Final-Recipient: rfc822; slow@b.example\nAction: delayed\nStatus: 4.4.1\n\n"
            "Final-Recipient: rfc822; gone@b.example\nAction: failed\nStatus: 5.1.1"
        )
    )
    assert got.bounce is not None
    assert (got.bounce.recipient, got.kind) == ("gone@b.example", Kind.BOUNCE_HARD)


@pytest.mark.parametrize(
    ("subject", "text", "kind", "status"),
    [
        ("failure notice", "Hi. This is the mail program.\n\n<ana@buyer.example>:\n550 5.1.1 no such user\n\n--- Below this line is a copy.",
         Kind.BOUNCE_HARD, "5.1.1"),
        ("Mail delivery failed: returning message to sender", "could not be delivered.\n\n  ana@buyer.example\n    host mx [192.0.2.1]: 452 4.2.2 full",
         Kind.BOUNCE_SOFT, "4.2.2"),
        ("Undeliverable: Offer", "Delivery has failed to these recipients:\nana@buyer.example\nThe mailbox does not exist", Kind.BOUNCE_HARD, "5.0.911"),
        ("系统退信", "很抱歉，您的邮件无法投递\n收件人 <ana@buyer.example>\n550 User not found", Kind.BOUNCE_HARD, "5.0.910"),
        ("Warning: message delayed 24 hours", "Your message to <ana@buyer.example> has not been delivered yet; it will be retried.",
         Kind.BOUNCE_SOFT, "4.0.947"),
    ],
)  # fmt: skip
def test_prose_bounces(subject: str, text: str, kind: Kind, status: str) -> None:
    got = read(
        f"{DAEMON}Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n{text}\n\nMessage-ID: <q1@seller.example>\n"
    )
    assert got.kind is kind
    assert got.bounce is not None
    assert (got.bounce.status, got.bounce.recipient) == (status, "ana@buyer.example")
    assert got.bounce.original_message_id == "q1@seller.example"
    assert len(got.kind_signals) >= 2


def test_an_address_of_ours_is_never_the_failed_one() -> None:
    got = read(
        f"{DAEMON}Subject: failure notice\n\nMail from <lin@seller.example> to\n<gone@buyer.example>: 550 no such user"
    )
    assert got.bounce is not None
    assert got.bounce.recipient == "gone@buyer.example"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "carrier", "number", "valid", "status"),
    [
        ("noreply@dhl.com", "Shipment on its way", "Waybill number: 1234567891", "dhl", "1234567891", True, "in_transit"),
        ("noreply@dhl.com", "Your shipment was delivered", "Waybill 1234567890, signed by Ana", "dhl", "1234567890", False, "delivered"),
        ("TrackingUpdates@fedex.com", "Your package has been delivered", "Tracking number 986578788855", "fedex", "986578788855", True, "delivered"),
        ("pkginfo@ups.com", "UPS Delivery Notification, Tracking Number 1Z999AA10123456784", "Your package has been delivered.", "ups",
         "1Z999AA10123456784", True, "delivered"),
        ("noreply@ems.com.cn", "您的快件已签收", "运单号：RB123456785GB", "ems", "RB123456785GB", True, "delivered"),
        ("noreply@gls-group.eu", "Ihr Paket ist unterwegs", "Paketnummer: 12345678901", "gls", "12345678901", False, "in_transit"),
        ("noreply@dpd.de", "Zustellung: konnte nicht zugestellt werden", "Paketnummer 01234567890123", "dpd", "01234567890123", False, "exception"),
        ("noreply@dhl.com", "Out for delivery", "Waybill number 4212345678 ... número de guía 4294142591", "dhl", "4212345678", False, "in_transit"),
        ("info@sf-express.com", "快件已揽收", "运单号 SF1234567890123", "sf", "SF1234567890123", False, "shipped"),
    ],
)  # fmt: skip
def test_courier_notices(
    sender: str, subject: str, text: str, carrier: str, number: str, valid: bool, status: str
) -> None:
    got = read(
        f"From: <{sender}>\nSubject: {subject}\nList-Unsubscribe: <x>\nContent-Type: text/plain; charset=utf-8\n\n{text}"
    )
    assert got.kind is Kind.COURIER
    assert got.courier is not None
    assert (got.courier.carrier, got.courier.tracking_number, got.courier.number_valid) == (carrier, number, valid)
    assert (got.courier.status, got.courier.trusted) == (status, False)


@pytest.mark.parametrize("sender", ["ana@dhl-express.buyer.example", "ana@notdhl.com.example", "noreply@myups.example"])
def test_a_look_alike_domain_is_no_courier(sender: str) -> None:
    assert read(f"From: <{sender}>\nSubject: Shipment\n\nTracking number 1234567891").kind is Kind.HUMAN


def test_a_couriers_newsletter_is_no_notice() -> None:
    got = read("From: <noreply@dhl.com>\nList-Unsubscribe: <x>\nSubject: Our new magazine\n\nRead about robots.")
    assert got.kind is Kind.BULK


@pytest.mark.parametrize(
    ("carrier", "number", "valid"),
    [
        ("ems", "RB123456785GB", True), ("ems", "RB123456784GB", False),
        ("ups", "1Z999AA10123456784", True), ("ups", "1Z999AA10123456785", False),
        ("fedex", "986578788855", True), ("fedex", "986578788856", False),
        ("dhl", "1234567891", True), ("dhl", "1234567890", False),
        ("usps", "9400111202555842332669", True), ("usps", "9400111202555842332668", False),
        ("gls", "12345678901", False), ("dhl", "", False),
    ],
)  # fmt: skip
def test_check_digits(carrier: str, number: str, valid: bool) -> None:
    assert number_valid(carrier, number) is valid
