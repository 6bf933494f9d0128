"""How things stand: each account with cause and mend, who fetches and sends, outgoing mail, and every check on demand.

Room: tui. In: `Health`, and the answers of `test_account` and `doctor` where they are asked for. Out: Enter opens an account
to be changed, such as for a new code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _, plural
from mailcrm.queries.rows import AccountRow, DoctorRow, Health
from mailcrm.tui.checklines import check_lines
from mailcrm.tui.health_words import causes, engine_words, is_stale, outbox_words, standing
from mailcrm.tui.keys import APP_KEYS, HEALTH_KEYS, LIST_KEYS
from mailcrm.tui.screens.account import AccountScreen
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.times import countdown, day_and_time
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.pager import Pager, Paragraph
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["HealthScreen"]

MOST_ROWS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list."""

    key: str
    row: AccountRow


class HealthScreen(MailScreen[None]):
    """The accounts, and below them the one at hand and the house."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in HEALTH_KEYS]
    hints = (
        *(key for key in LIST_KEYS if key.id == "list.open"),
        *HEALTH_KEYS,
        *(key for key in APP_KEYS if key.id in {"app.account", "app.back"}),
    )
    help_keys = (HEALTH_KEYS, LIST_KEYS)

    def __init__(self) -> None:
        super().__init__()
        self.looked_at = ""  # what the checks below are about: an account's name, or "" for all of it
        self.checks: Sequence[DoctorRow] | None = None
        self.looking = False
        self.note = ""

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(lambda width: safe.line((_("How things stand"), "$text-primary bold"), width=width), id="head")
        yield RowList(self._paint, id="rows")
        yield Pager(id="told")
        yield self.bars()

    @property
    def rows(self) -> RowList[Line]:
        """The list of accounts."""
        return self.query_one("#rows", RowList)

    @property
    def account(self) -> AccountRow | None:
        """The account under the cursor."""
        return self.rows.item.row if self.rows.item else None

    def on_mount(self) -> None:
        """Show what is known, and ask for what is so by now."""
        self.query_one(Pager).can_focus = False
        self.rows.focus()
        self._show()
        self.rows.place(next((line.key for line in self.rows.items if causes(line.row)), ""))
        self.house.ask_health()

    def core_changed(self, topics: frozenset[str]) -> None:
        """Show the app's news of health."""
        if "health" in topics:
            self._show()

    def minute(self) -> None:
        """Paint times anew."""
        self._show()

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self._show()

    # Painting ---------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        health = self.house.health
        accounts = health.accounts if health else ()
        self.rows.styles.height = max(min(len(accounts), MOST_ROWS), 1)
        self.rows.show([Line(row.id, row) for row in accounts])
        self.rows.repaint()
        self._tell()

    def _paint(self, item: Line, width: int) -> Sequence[Span]:
        row, now = item.row, self.house.core.now()
        name = min(max(width // 4, 12), 24)
        if causes(row):
            sign, words, look = "✗", _("something is to be mended"), "bad"
        elif is_stale(row, now, self.house.core.poll_seconds()):
            sign, words, look = "~", _("not read for a while"), "warn"
        else:
            sign, words, look = "✓", _("all is well"), "good"
        return [
            (f"{sign} ", look),
            (fit(row.name, name) + " ", "strong"),
            (f"{words} · ", look),
            (standing(row, row.zone, now), "muted"),
        ]

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Tell of another account."""
        event.stop()
        self._tell()

    def _tell(self) -> None:
        health = self.house.health
        if health is None:
            return
        told = [*self._of_account(), *self._of_house(health), *self._of_checks()]
        self.query_one("#told", Pager).show(told)

    def _of_account(self) -> list[Paragraph]:
        row = self.account
        if row is None:
            key = self.house.key_name("app.account")
            return [
                Paragraph(((_("There is no mail account yet. {key} adds one.", key=key), "warn"),), wraps=True),
                Paragraph(),
            ]
        told = [Paragraph(((row.name, "heading"), (f"  {', '.join(row.own_addresses)}", "muted")))]
        found = causes(row)
        told += [Paragraph(((f"✗ {cause}", "bad"),), 2, wraps=True) for cause in found]
        if found and not row.oauth:
            key = self.house.key_name("list.open")
            words = _("{key} opens the account: a new password or code, other servers.", key=key)
            told.append(Paragraph(((words, "strong"),), 2, wraps=True))
        if found:
            key = self.house.key_name("app.sync")
            told.append(Paragraph(((_("{key} tries again at once.", key=key), "strong"),), 2, wraps=True))
        told += [Paragraph(((line, "muted"),), 2, wraps=True) for line in (f"{row.imap}  {row.smtp}",)]
        return [*told, Paragraph()]

    def _of_house(self, health: Health) -> list[Paragraph]:
        told = [Paragraph(((_("Fetching and sending"), "heading"),))]
        told.append(Paragraph(((engine_words(health), "bad" if health.engine == "nobody" else ""),), 2, wraps=True))
        told.append(Paragraph(((self._deadline(health), ""),), 2, wraps=True))
        told += [Paragraph(((words, look),), 2) for words, look in self._outgoing(health)]
        if health.quarantine:
            unreadable = plural(
                "{count} mail could not be read; it stands on the worklist.",
                "{count} mails could not be read; they stand on the worklist.",
                health.quarantine,
            )
            told.append(Paragraph(((unreadable, "warn"),), 2, wraps=True))
        return [*told, Paragraph()]

    def _deadline(self, health: Health) -> str:
        if health.next_due is None:
            return _("No deadline is ahead.")
        left = countdown(health.next_due, self.house.core.now())
        return _("The next deadline is {when} ({left}).", when=day_and_time(health.next_due, health.zone), left=left)

    def _outgoing(self, health: Health) -> list[Span]:
        counts = outbox_words(health)
        if not counts:
            return [(_("No mail is waiting to leave."), "")]
        key = self.house.key_name("app.outbox")
        return [*counts, (_("{key} shows outgoing mail.", key=key), "muted")]

    def _of_checks(self) -> list[Paragraph]:
        if self.note:
            return [Paragraph(((self.note, "bad"),), wraps=True)]
        if self.checks is None and not self.looking:
            return []
        title = _("Test of {name}", name=self.looked_at) if self.looked_at else _("All checks")
        told = [Paragraph(((title, "heading"),)), *check_lines(self.checks or ())]
        if self.looking:
            told.append(Paragraph(((_("Looking …"), "muted"),)))
        return told

    # Looking ----------------------------------------------------------------------------------------------------

    def action_test(self) -> None:
        """Ask this account's servers."""
        if self.account is not None:
            self._look(self.account.name)
            self.ask("test_account", partial(self._looked, self.looked_at), self._failed, name=self.account.name)

    def action_checks(self) -> None:
        """Ask for every check."""
        self._look("")
        self.ask("doctor", partial(self._looked, ""), self._failed)

    def _look(self, about: str) -> None:
        self.looked_at, self.checks, self.looking, self.note = about, None, True, ""
        self._tell()

    def _looked(self, about: str, rows: Sequence[DoctorRow]) -> None:
        if about == self.looked_at:
            self.checks, self.looking = rows, False
            self._tell()
            pager = self.query_one("#told", Pager)
            pager.call_after_refresh(pager.scroll_end, animate=False)

    def _failed(self, error: MailcrmError) -> None:
        self.looking, self.note = False, str(error)
        self._tell()

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Open the account, to change it."""
        event.stop()
        if self.account is not None:
            self.app.push_screen(AccountScreen(self.account))
