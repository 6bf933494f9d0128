"""A fax gateway's mail is human (reply-clock.md, case 37)."""

from __future__ import annotations

import pytest

from mailcrm.adapters.mime import Mime
from mailcrm.domain.message import Kind, ReadMail
from mailcrm.ingest.reading import read_mail


def read(sender: str, subject: str, kind: str = "application/pdf", name: str = "00012.pdf") -> ReadMail:
    return read_mail(
        Mime(),
        (
            f"From: {sender}\nTo: lin@seller.example\nSubject: {subject}\nAuto-Submitted: auto-generated\n"
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nA fax of 2 pages has arrived.\n"
            f"--b\nContent-Type: {kind}\nContent-Disposition: attachment; filename={name}\n\nx\n--b--\n"
        ).encode(),
    )


@pytest.mark.parametrize(
    ("sender", "subject", "kind", "name"),
    [
        ("no-reply@fax.example", "New message", "application/pdf", "00012.pdf"),
        ("Fax Gateway <noreply@gate.example>", "2 pages", "image/tiff", "doc.tif"),
        ("noreply@gate.example", "Fax from +49 40 123456", "application/octet-stream", "doc.TIF"),
    ],
)
def test_it_is_human_and_asks(sender: str, subject: str, kind: str, name: str) -> None:
    got = read(sender, subject, kind, name)
    assert got.kind is Kind.HUMAN
    assert got.asks
    assert len(got.kind_signals) == 2


@pytest.mark.parametrize(
    ("sender", "subject", "kind", "name"),
    [
        ("noreply@shop.example", "Your invoice", "application/pdf", "invoice.pdf"),
        ("noreply@gate.example", "Fax from +49 40 123456", "text/csv", "log.csv"),
        ("ana@halifax-shop.example", "New message", "application/pdf", "x.pdf"),
    ],
)
def test_other_automatic_mail_is_not(sender: str, subject: str, kind: str, name: str) -> None:
    assert read(sender, subject, kind, name).kind is Kind.AUTO_GENERATED
