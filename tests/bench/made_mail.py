"""A mailbox as an export rep has it, of any size: threads of two to six mails in five languages, quotes, attachments, the rep's answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

__all__ = ["REP", "Lying", "mailbox"]

REP = "lin.wei@brightport.example"
_APART = timedelta(minutes=7)
_OPENINGS = {
    "en": "Dear Lin Wei,\n\nPlease quote your best price for {count} pcs of {goods}, CIF {port}. What is the lead time?\n",
    "zh": "林经理，您好：\n\n请报{count}个{goods}的价格，到{port}的运费是多少？交货期多久？\n",
    "de": "Sehr geehrter Herr Lin,\n\nbitte senden Sie uns ein Angebot über {count} Stück {goods}, CIF {port}.\n",
    "es": "Estimado Lin Wei:\n\nPor favor envíenos su mejor cotización por {count} piezas de {goods}, CIF {port}.\n",
    "ru": "Уважаемый Линь Вэй!\n\nПросим прислать цену на {count} шт. {goods}, CIF {port}. Какой срок поставки?\n",
}
_ANSWER = "Dear customer,\n\nthank you. The price of {goods} is USD {price} per piece, CIF {port}, 30 days after deposit.\n\nLin Wei\n"
_AGAIN = "Thank you. Can you do better for {count} pcs? We also need the drawing of {goods}.\n"
_GOODS = (
    "gate valves DN50",
    "LED flood lights 100W",
    "hex bolts M12x60",
    "cotton towels 70x140",
    "solar inverters 5 kW",
)
_PORTS = ("Hamburg", "Valencia", "Santos", "Novorossiysk", "Port Klang")
_FILLING = (
    "The packing list and the certificate of origin must be in the container. Our forwarder will pick up the goods "
    "at your warehouse. Please confirm the marks, the number of cartons and the gross weight. "
)


class Lying(NamedTuple):
    """A mail, where it lies ("INBOX" or "Sent") and since when."""

    folder: str
    raw: bytes
    at: datetime


def mailbox(count: int, newest: datetime, seed: int = 1) -> Iterator[Lying]:
    """Yield `count` mails, oldest first, the last one at `newest` (aware)."""
    chance = random.Random(seed)  # noqa: S311  (mail is made up, no secret)
    number = 0
    while number < count:
        thread: list[EmailMessage] = []
        subject, words = _subject(chance, number), _words(chance)
        for place in range(min(chance.randint(1, 6), count - number)):
            at = newest - (count - 1 - number) * _APART
            mail = _mail(chance, thread, subject, words, at, number)
            thread.append(mail)
            number += 1
            yield Lying("Sent" if place % 2 else "INBOX", mail.as_bytes(policy=SMTP), at)


def _subject(chance: random.Random, number: int) -> str:
    return f"{chance.choice(('Inquiry', 'Order', '询价', 'Anfrage', 'Consulta'))} {number}"


def _words(chance: random.Random) -> dict[str, str]:
    return {
        "goods": chance.choice(_GOODS),
        "port": chance.choice(_PORTS),
        "count": str(chance.randint(2, 90) * 100),
        "price": f"{chance.randint(100, 9900) / 100:.2f}",
        "language": chance.choice(list(_OPENINGS)),
        "buyer": f"buyer{chance.randint(1, 2000)}@firm{chance.randint(1, 500)}.example",
    }


def _mail(
    chance: random.Random, thread: list[EmailMessage], subject: str, words: dict[str, str], at: datetime, number: int
) -> EmailMessage:
    ours = len(thread) % 2 == 1
    mail = EmailMessage(policy=SMTP)
    mail["From"] = f"Lin Wei <{REP}>" if ours else words["buyer"]
    mail["To"] = words["buyer"] if ours else f"Lin Wei <{REP}>"
    mail["Subject"] = f"Re: {subject}" if thread else subject
    mail["Date"] = at
    mail["Message-ID"] = f"<{number}.{chance.getrandbits(40):x}@mail.example>"
    if thread:
        mail["In-Reply-To"] = thread[-1]["Message-ID"]
        mail["References"] = " ".join(one["Message-ID"] for one in thread)
    mail["Received"] = f"from mx.example by mx.brightport.example; {at:%a, %d %b %Y %H:%M:%S %z}"
    mail.set_content(_text(chance, thread, words, ours=ours))
    if chance.random() < 1 / 4:
        mail.add_attachment(
            chance.randbytes(chance.randint(20_000, 200_000)), "application", "pdf", filename="图纸 A-1.pdf"
        )
    return mail


def _text(chance: random.Random, thread: list[EmailMessage], words: dict[str, str], *, ours: bool) -> str:
    opening = _ANSWER if ours else _AGAIN if thread else _OPENINGS[words["language"]]
    said = opening.format(**words) + "\n" + _FILLING * chance.randint(0, 6) + "\n"
    if not thread:
        return said
    body = thread[-1].get_body()
    quoted = "".join(f"> {line}\n" for line in str(body.get_content() if body else "").splitlines())
    return f"{said}\nOn Monday, {thread[-1]['From']} wrote:\n{quoted}"
