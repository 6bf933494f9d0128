"""A weekend's mail of an export rep: 140 mails from Friday 18:00 to Monday 08:50 in Shanghai, made to order.

2 complaints             2 promises of ours that ran out (of mails from Thursday, which are no part of the 140)
6 mails of 3 customers who ask again
40 inquiries and questions, every 90 minutes or so
21 thanks                8 forwarders, banks, inspectors       6 cold sellers
57 newsletters, couriers, receipts, out-of-office notes, calendars: nothing that anybody does
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ingest.mailroom import REP, letter

__all__ = ["CLOSED", "FIRST_LOOK", "WEEKEND", "write_mails"]

HOUR = timedelta(hours=1)
CLOSED = datetime(2026, 11, 27, 10, tzinfo=UTC)  # Friday 18:00 in Shanghai
FIRST_LOOK = datetime(2026, 11, 30, 0, 50, tzinfo=UTC)  # Monday 08:50
WEEKEND = FIRST_LOOK - CLOSED

_ASKED = (
    "Please quote 500 pcs of ball valve DN50, FOB Ningbo.",
    "What is your lead time for 2,000 meters of hose?",
    "Could you send us the drawing of the check valve?",
    "¿Cuál es el precio para 300 válvulas, CIF Veracruz?",
    "Bitte senden Sie uns ein Angebot über 1.000 Stück.",
    "Can you reduce the price by 3 % for 40HQ?",
    "请报价 DN80 闸阀 200 个，宁波离岸价。",
    "Nous avons besoin de 50 pompes, quel est le délai ?",
)
_THANKS = ("Thanks, have a nice weekend!", "Well received, thank you.", "Noted with thanks.")
_OTHERS = (
    ("ops@oceanway-freight.example", "Oceanway Freight Forwarding", "New rates Ningbo to Hamburg: USD 2,400 per 40HQ."),
    ("booking@cargoline-logistics.example", "Cargoline Logistics", "The vessel is delayed by two days."),
    ("service@harbour-bank.example", "Harbour Bank Trade Finance", "L/C advice no. 4711 is attached."),
    ("report@veritest-inspection.example", "Veritest Inspection", "The inspection is planned for Thursday."),
)
_COLD = (
    "We are a leading manufacturer of packaging machines and would like to introduce our company and products to you."
)


def write_mails(place: Path) -> tuple[Path, Path]:
    """Write the mails as files; return (Thursday's, the weekend's)."""
    before, weekend = place / "thursday", place / "weekend"
    for folder, mails in ((before, _thursday()), (weekend, _weekend())):
        folder.mkdir()
        for number, raw in enumerate(mails):
            (folder / f"{number:03d}.eml").write_bytes(raw)
    return before, weekend


def _thursday() -> Iterator[bytes]:
    """Two customers to whom we promised an answer for Saturday."""
    for number in range(2):
        asked = CLOSED - 30 * HOUR + number * HOUR
        ref = f"promised{number}@thursday.example"
        sender = f"ruth@promised{number}.example"
        yield letter(f"Ruth <{sender}>", f"Gaskets {number}", _ASKED[number], message_id=ref, date=asked)
        answer = "We will check with our factory and come back to you on Saturday."
        yield letter(
            REP, f"Re: Gaskets {number}", answer, to=sender, references=[ref], in_reply_to=ref, date=asked + HOUR
        )


def _weekend() -> Iterator[bytes]:
    yield from _complaints()
    yield from _chased()
    for number in range(40):
        at = CLOSED + number * (WEEKEND / 40)
        yield letter(
            f"Buyer {number} <buyer@shop{number:02d}.example>", f"Inquiry {number}", _ASKED[number % 8], date=at
        )
    for number in range(21):
        at = CLOSED + number * 2 * HOUR
        yield letter(
            f"Tom {number} <tom@thanks{number:02d}.example>", f"Re: Sample {number}", _THANKS[number % 3], date=at
        )
    for number in range(8):
        address, name, text = _OTHERS[number % 4]
        yield letter(f"{name} <{address}>", f"Notice {number}", text, date=CLOSED + number * 5 * HOUR)
    for number in range(6):
        yield letter(f"Sales <sales@packaging{number}.example>", "Cooperation", _COLD, date=CLOSED + number * 7 * HOUR)
    yield from _silent()


def _complaints() -> Iterator[bytes]:
    for number, hours in enumerate((60, 10)):
        text = "The goods arrived broken, 40 pcs are defective. Please advise."
        yield letter(f"Ana <ana@broken{number}.example>", f"Order 12{number}", text, date=CLOSED + hours * HOUR)


def _chased() -> Iterator[bytes]:
    for number in range(3):
        ref = f"chased{number}@weekend.example"
        sender = f"Omar <omar@chased{number}.example>"
        at = CLOSED + (number + 1) * HOUR
        yield letter(sender, f"Offer {number}", _ASKED[number], message_id=ref, date=at)
        yield letter(
            sender, f"Re: Offer {number}", "Any update on this?", references=[ref], in_reply_to=ref, date=at + 30 * HOUR
        )


def _silent() -> Iterator[bytes]:
    away = "I am out of the office until Wednesday with limited access to e-mail."
    for number in range(57):
        at, kind = CLOSED + number * HOUR, number % 3
        if kind == 0:
            yield letter(
                f"News <news@fair{number:02d}.example>",
                f"Newsletter {number}",
                "All about the fair.",
                headers=["List-Unsubscribe: <https://fair.example/leave>", "List-Id: <news.fair.example>"],
                date=at,
            )
        elif kind == 1:
            yield letter(
                f"Paul <paul@away{number:02d}.example>",
                "Automatic reply: your offer",
                away,
                headers=["Auto-Submitted: auto-replied"],
                date=at,
            )
        else:
            yield letter(
                f"System <no-reply@portal{number:02d}.example>",
                f"Statement {number}",
                "Your statement is ready.",
                headers=["Auto-Submitted: auto-generated"],
                date=at,
            )
