"""Couriers' notices: carrier, tracking number, status.

Room: ingest. The sender's domain names the carrier, and the mail must speak of a shipment: couriers also send newsletters,
and their people write like anybody else. A swindler's copy under another ending is a notice too, which touches no clock; but
only one from the courier's `own_domain` may come to be `trusted`, where its signatures are known. What is known of each
courier stands in `domain.couriers`.
"""

from __future__ import annotations

import re

from mailcrm.domain.couriers.domains import courier_at, owns
from mailcrm.domain.couriers.mail_numbers import number_in_mail
from mailcrm.domain.couriers.notices import held_by_customs, shipment_word, status_told
from mailcrm.domain.couriers.numbers import number_valid
from mailcrm.domain.message import CourierNotice, Kind, ParsedMail
from mailcrm.ingest.classifiers.finding import Finding

__all__ = ["read"]

_AUTOMATIC = r"(?i)no-?reply|do-?not-?reply|notif|track|auto|info|service|delivery|pkginfo"
_READ = 20_000


def read(mail: ParsedMail) -> Finding | None:
    """Return a courier's notice where the sender's domain is a courier's and the mail speaks of a shipment."""
    courier = courier_at(mail.from_.domain)
    if courier is None:
        return None
    body = mail.body[:_READ]
    text = f"{mail.subject}\n{body}"
    shipment = shipment_word(text)
    number = number_in_mail(courier, text)
    if not shipment or not (number or re.search(_AUTOMATIC, mail.from_.addr_spec)):
        return None
    status = status_told(courier, mail.subject, body)
    notice = CourierNotice(
        courier.name,
        number,
        number_valid(courier.name, number),
        status,
        own_domain=owns(courier, mail.from_.domain),
        customs=status == "exception" and held_by_customs(text),
    )
    return Finding(Kind.COURIER, (f"From: @{mail.from_.domain}", f"text: {shipment}"), courier=notice)
