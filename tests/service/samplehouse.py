"""A house that makes samples: a core on a mailbox in memory and a real database, couriers who write, and a server that takes mail.

house.asked()                  # Jan asks for a sample; it is suggested, and taken up
house.on_its_way("SMP…")       # all steps until the parcel has left
house.notice("delivered")      # the courier writes, signed and stamped by our own server
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from documents.made import png
from ingest.mailroom import Mailroom, letter, open_room
from sqlmodel import select

from mailcrm.adapters.smtp import FakeTransport
from mailcrm.core.facade import Core
from mailcrm.queries.rows import OutboxRow, SampleRow, WorklistRow
from mailcrm.records import MailAccount, Message
from mailcrm.store.engine import Store
from mailcrm.store.schema import ensure_schema

__all__ = ["AWB", "DELIVERED", "HERE", "JAN", "MONDAY", "PNG", "SHEET", "SampleHouse", "empty_database", "open_house"]

HERE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=HERE)
DELIVERED = datetime(2026, 3, 7, 3, tzinfo=HERE)  # a Saturday
JAN = "Jan de Vries <jan@acme.example>"
AWB = "2718281823"
PNG = png(8, 6, lambda _x, _y: (200, 30, 60))
SHEET = {
    "item": "Spray nozzle A3",
    "material": "POM",
    "colour": "Pantone 185 C",
    "size": "28/410",
    "quantity": "3",
    "purpose": "to try on their filling line",
    "needed_by": "2026-03-20",
    "sample_paid_by": "us",
    "freight_paid_by": "us",
}
_SETTINGS = '[office]\nzone = "Asia/Shanghai"\n'


def empty_database(place: Path) -> Path:
    """Return an empty database at this release's schema, to be copied: alembic costs seconds."""
    file = place / "mailcrm.db"
    store = Store(f"sqlite:///{file}")
    ensure_schema(store)
    store.close()
    return file


@dataclass
class SampleHouse:
    """The house; `sample` is the id of the first sample."""

    room: Mailroom
    transport: FakeTransport
    place: Path
    sample: str = "s1"

    @property
    def core(self) -> Core:
        """The core."""
        return self.room.core

    def at(self, moment: datetime) -> None:
        """Let it be `moment`."""
        self.room.clock.at = moment.astimezone(UTC)

    def as_(self, name: str) -> Core:
        """Return the core as a colleague has it."""
        return Core(replace(self.room.world, actor=name))

    def do(self, verb: str, **arguments: Any) -> Any:  # noqa: ANN401  (a row of any kind)
        """Do something about the sample; return its row."""
        return self.core.do(verb, **({"id": self.sample} | arguments)).row

    def row(self) -> SampleRow:
        """Return the sample as `--json` shows it."""
        found = self.core.ask("sample", id=self.sample)
        assert isinstance(found, SampleRow)
        return found

    @property
    def state(self) -> str:
        """The sample's state."""
        return self.row().state

    def line(self, *, view: str = "samples") -> WorklistRow:
        """Return the sample's row of the worklist."""
        rows: Sequence[WorklistRow] = self.core.ask("worklist", view=view).rows
        return next(row for row in rows if row.id == self.sample)

    def proposals(self) -> list[WorklistRow]:
        """Return what is suggested."""
        rows = {row.id: row for view in ("all", "samples") for row in self.core.ask("worklist", view=view).rows}
        return [row for row in rows.values() if row.id.startswith("j")]

    def arrives(self, raw: bytes, at: datetime, folder: bytes = b"INBOX") -> None:
        """Let a mail arrive, and be read at that moment."""
        self.at(max(at, self.room.clock.at.astimezone(at.tzinfo)))
        self.room.arrives(raw, at.astimezone(UTC), folder)
        self.room.sync()

    def writes(self, body: str, at: datetime, *, sender: str = JAN, subject: str = "Re: Nozzle", **more: Any) -> None:  # noqa: ANN401  (letter's own)
        """Let somebody write; on Jan's thread unless `in_reply_to` is ""."""
        reply = {"in_reply_to": "asked@acme.example"} | more
        self.arrives(letter(sender, subject, body, date=at.astimezone(UTC), **reply), at)

    def asked(self, at: datetime = MONDAY) -> None:
        """Jan asks for a sample; what is suggested is taken up."""
        body = "Could you send us a sample of the spray nozzle A3?"
        raw = letter(JAN, "Nozzle", body, date=at.astimezone(UTC), message_id="asked@acme.example")
        self.arrives(raw, at)
        (proposal,) = self.proposals()
        self.core.do("decide", item=proposal.id, answer="yes")

    def signed(self, **sheet: str) -> None:
        """Fill in the sheet and have it signed."""
        self.do("edit_sample", **{**SHEET, **sheet})
        for state in ("spec_draft", "pending_sign"):
            self.do("advance_sample", state=state)
        self.do("sign_sample")

    def ready(self, **sheet: str) -> None:
        """Have it made, checked and photographed."""
        self.signed(**sheet)
        for state in ("making", "made"):
            self.do("advance_sample", state=state)
        self.do("check_sample", ok=["all"])
        self.do("photo_sample", files=[self.photo()])

    def photo(self, name: str = "front.png", content: bytes = PNG) -> str:
        """Return a file with a photo."""
        path = self.place / name
        path.write_bytes(content)
        return str(path)

    def on_its_way(self, awb: str = AWB, **sheet: str) -> None:
        """Have it shipped."""
        self.ready(**sheet)
        self.do("ship_sample", carrier="dhl", awb=awb, freight="CNY 220")

    def notice(
        self, status: str, at: datetime = DELIVERED, *, awb: str = AWB, signed: bool = True, number: int = 0
    ) -> None:
        """Let DHL write; `signed`: its own signature, found right by our server."""
        words = {
            "delivered": "Your shipment was delivered. It was signed for by DE VRIES.",
            "exception": "Your shipment is held by customs: clearance delay, more information is required.",
            "in_transit": "Your shipment is on its way, in transit to the destination.",
        }
        stamp = ["Authentication-Results: mx.ningbo.example; dkim=pass header.d=dhl.com; spf=pass"] if signed else []
        received = "Received: from mail.dhl.com (192.0.2.9) by mx.ningbo.example with ESMTPS; " + at.strftime(
            "%a, %d %b %Y %H:%M:%S %z"
        )
        raw = letter(
            "DHL Express <noreply@dhl.com>",
            f"DHL shipment {awb}",
            f"{words[status]} Waybill {awb}.",
            date=at.astimezone(UTC),
            message_id=f"notice-{status}-{awb}-{number}@dhl.com",
        )
        head = "\r\n".join([*stamp, received, ""]).encode()
        self.arrives(head + raw, at)

    def drafts(self) -> Sequence[OutboxRow]:
        """Return the drafts that stand ready."""
        return [row for row in self.core.ask("outbox") if row.state == "draft"]

    def send_draft(self, at: datetime) -> OutboxRow:
        """Send the one draft that stands ready."""
        self.at(at)
        (row,) = self.drafts()
        draft = self.core.ask("draft", id=row.id)
        reply = {"thread": row.thread_id, "draft": row.id, "body": draft.body, "mode": "send"}
        reply |= {"attachments": draft.attachments}
        self.core.do("reply", **reply)
        self.core.do("outbox_flush")
        found = self.core.ask("outbox_item", id=row.id)
        assert isinstance(found, OutboxRow)
        assert found.state == "sent", found
        return found

    def thread_subjects(self) -> list[str]:
        """Return what mails there are."""
        with self.room.store.read() as session:
            return [mail.subject for mail in session.exec(select(Message))]


def open_house(place: Path, database: Path, settings: str = "") -> Iterator[SampleHouse]:
    """Yield a house whose clock stands at Monday 09:00 in Shanghai."""
    home = place / "home"
    home.mkdir(mode=0o700)
    (home / "mailcrm.toml").write_text(_SETTINGS + settings, encoding="utf-8")
    room = open_room(home, fresh_database=Path(shutil.copy(database, place / "fresh.db")))
    transport = FakeTransport()
    world = replace(room.world, open_transport=lambda _account: transport, actor="li")
    room.core.close()
    house = SampleHouse(Mailroom(Core(world), world, room.server, room.clock), transport, place)
    with house.room.store.begin() as session:
        account = session.exec(select(MailAccount)).one()
        account.authserv_ids, account.display_name = ["mx.ningbo.example"], "Li Wei"
        session.add(account)
    house.at(MONDAY - timedelta(hours=1))
    yield house
    house.core.close()
