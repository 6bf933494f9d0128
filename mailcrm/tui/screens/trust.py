"""The head of a mail, its way here, and what to beware of.

Room: tui. In: a mail's `TrustRow`, and of its thread its kind and purpose. Out: nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.message import Authentication, Hop
from mailcrm.domain.words import _
from mailcrm.queries.rows import Person, TrustRow
from mailcrm.tui.conversation import person
from mailcrm.tui.keys import APP_KEYS, TEXT_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.terms import WARNINGS, term
from mailcrm.tui.times import day_and_time, span
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.pager import Pager, Paragraph

__all__ = ["TrustScreen"]

NAME = 14
ODD = timedelta(minutes=30)


class TrustScreen(MailScreen[None]):
    """Where a mail came from."""

    BINDINGS: ClassVar[list[BindingType]] = []
    hints = tuple(key for key in APP_KEYS if key.id == "app.back")
    help_keys = (TEXT_KEYS,)

    def __init__(self, thread: str, message: str) -> None:
        super().__init__()
        self.about = thread
        self.message = message
        self.row: TrustRow | None = None

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="head")
        yield Pager(id="told")
        yield self.bars()

    @property
    def thread_id(self) -> str | None:
        """The thread of the mail."""
        return self.about

    def on_mount(self) -> None:
        """Ask for the mail's way."""
        self.query_one(Pager).focus()
        self.ask("trust", self._arrived, self._refused, message=self.message)

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self._show()

    def _arrived(self, row: TrustRow) -> None:
        self.row = row
        self._show()

    def _refused(self, error: MailcrmError) -> None:
        self.query_one(Pager).show([Paragraph(((str(error), "bad"),), wraps=True)])

    def _head(self, width: int) -> Content:
        return safe.line((_("Where this mail came from"), "$text-primary bold"), width=width)

    def _show(self) -> None:
        if self.row is not None:
            zone = self.house.core.zone()
            parts = (beware(self.row), header(self.row, zone), verdicts(self.row.authentication), route(self.row, zone))
            told = [paragraph for part in parts for paragraph in (*part, Paragraph())]
            self.query_one(Pager).show(told)


def _titled(title: str) -> Paragraph:
    return Paragraph(((title, "heading"),), anchor=True)


def _line(name: str, value: str, look: str = "") -> Paragraph:
    return Paragraph(((fit(name, NAME) + " ", "muted"), (value, look)), 2)


def beware(row: TrustRow) -> Iterator[Paragraph]:
    """Yield what should make the reader careful, each with what was seen."""
    yield _titled(_("What to beware of"))
    for warning in row.warnings:
        meant = term(WARNINGS, warning.code)
        yield Paragraph(((f"{meant.sign} {meant.title}: {warning.detail}", meant.look),), 2, wraps=True)
    if not row.warnings:
        yield Paragraph(((_("Nothing was noticed. That proves nothing: a new bank account is asked for on the phone."), "muted"),), 2, wraps=True)  # fmt: skip


def header(row: TrustRow, zone: str) -> Iterator[Paragraph]:
    """Yield who wrote to whom, and when by whose clock."""
    yield _titled(_("Head"))
    people: tuple[tuple[str, Sequence[Person]], ...] = (
        (_("From"), (row.from_,)), (_("Answers go to"), row.reply_to), (_("To"), row.to), (_("Cc"), row.cc),
    )  # fmt: skip
    for name, some in people:
        for number, one in enumerate(some):
            yield _line(name if not number else "", person(one))
    yield _line(_("Subject"), row.subject)
    if row.arrived_at is not None:
        yield _line(_("Arrived"), day_and_time(row.arrived_at, zone))
    yield from _their_clock(row, zone)
    yield _line(_("Message-ID"), row.message_id or _("none"))
    if row.defects:
        yield _line(_("Defects"), ", ".join(row.defects))


def _their_clock(row: TrustRow, zone: str) -> Iterator[Paragraph]:
    """Yield when it was written by its sender's clock, and how far that is from when it arrived."""
    if row.date is None:
        yield _line(_("Written"), _("no date that can be read"), "warn")
        return
    yield _line(_("Written"), day_and_time(row.date, zone))
    if row.arrived_at is None:
        return
    if row.date - row.arrived_at > ODD:
        yield _line(
            "", _("! {span} after it arrived: that clock is wrong", span=span(row.date - row.arrived_at)), "warn"
        )
    elif row.arrived_at - row.date > ODD:
        yield _line("", _("{span} before it arrived", span=span(row.arrived_at - row.date)), "muted")


def verdicts(found: Authentication | None) -> Iterator[Paragraph]:
    """Yield what servers said of the sender, and whether that is worth anything."""
    yield _titled(_("What servers said of the sender"))
    told = [("SPF", found.spf), ("DKIM", found.dkim), ("DMARC", found.dmarc)] if found else []
    if found is None or not any(verdict for _name, verdict in told):
        yield Paragraph(((_("nothing"), "muted"),), 2)
        return
    for name, verdict in told:
        if verdict:
            passed = verdict == "pass"
            yield _line(name, f"{'✓' if passed else '!'} {verdict}", "good" if passed and found.trusted else "warn")
    if not found.trusted:
        yield Paragraph(((_("Not one of our own servers says so: any server on the way may have written this."), "warn"),), 2, wraps=True)  # fmt: skip


def route(row: TrustRow, zone: str) -> Iterator[Paragraph]:
    """Yield the servers on the way, the last first."""
    yield _titled(_("Way here, the last server first"))
    if row.sender_host or row.sender_ip:
        yield _line(_("Handed over by"), " ".join(filter(None, (row.sender_host, row.sender_ip))))
    for hop in row.hops:
        yield from _hop(hop, zone)
    if not row.hops:
        yield Paragraph(((_("No server left its name."), "muted"),), 2)


def _hop(hop: Hop, zone: str) -> Iterator[Paragraph]:
    when = day_and_time(hop.at, zone) if hop.at else ""
    spans = [("› ", "accent"), (hop.by or "?", "")]
    if hop.delay >= ODD.total_seconds():
        spans += [("  ", ""), (_("after {span}", span=span(timedelta(seconds=hop.delay))), "warn")]
    yield Paragraph(tuple(spans), 2, right=when)
    if hop.from_ or hop.raw:
        yield Paragraph(((hop.from_ or hop.raw, "muted"),), 4, wraps=True)
