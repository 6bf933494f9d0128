"""The form of the account wizard: its fields, and the servers that come with the provider.

Room: tui. In: the account that is changed, where it isn't a new one; the providers, as the core tells them. Out: what was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import AccountRow, ProviderRow
from mailcrm.tui.account_form import Typed, is_address
from mailcrm.tui.account_words import asked, guidance, provider_name, remark
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.form import FormRow, Secret

if TYPE_CHECKING:
    from mailcrm.tui.app import MailcrmApp

__all__ = ["AccountForm"]

NEEDED = ("address", "person", "secret")
USUAL = ("imap", "smtp", "login", "also", "live")
REMARKED = ("person", "secret", "login", "also", "live")


class AccountForm(VerticalScroll, can_focus=False):
    """What is needed first; below it what is right as it stands for most."""

    def __init__(self, known: AccountRow | None) -> None:
        super().__init__()
        self.known = known
        self.providers: Sequence[ProviderRow] = ()
        self.provider: ProviderRow | None = None
        self.chosen = ""  # the provider's id, where a person chose it
        self._filled = {"imap": "", "smtp": ""}

    @property
    def house(self) -> MailcrmApp:
        """The app, by its own name."""
        return cast("MailcrmApp", self.app)

    def compose(self) -> ComposeResult:
        """Build the fields."""
        yield self._row("address")
        yield safe.Line(self._provider, id="provider")
        yield self._row("person")
        yield self._row("secret")
        yield safe.Prose(self._guidance, id="guidance")
        yield safe.Line(self._usual, id="usual")
        for name in USUAL:
            yield self._row(name)
        yield safe.Prose(self._history, id="history")

    def _row(self, name: str) -> FormRow:
        field = Secret(id=name) if name == "secret" else safe.Field(id=name)
        beside = (lambda: remark(name, self.provider, self.known)) if name in REMARKED else None
        return FormRow(field, lambda: asked(name, self.provider), beside, id=f"row-{name}")

    def on_mount(self) -> None:
        """Fill in what is known of the account, and begin."""
        if known := self.known:
            self.field("address").put(known.own_addresses[0] if known.own_addresses else known.user)
            self.field("imap").put(known.imap)
            self.field("smtp").put(known.smtp)
            self.field("login").put(known.user)
            self.field("also").put(", ".join((*known.own_addresses[1:], *known.own_domains)))
        self.field("secret" if self.known else "address").focus()

    # Painting ---------------------------------------------------------------------------------------------------

    def _provider(self, width: int) -> Content:
        return provider_name(self.provider, self.house.key_name("account.provider"), width)

    def _guidance(self) -> Content:
        return guidance(self.provider, by_browser=self.by_browser, home=self.house.core.home())

    def _usual(self, width: int) -> Content:
        return safe.line((_("Right as it stands for most"), "$text-primary"), width=width)

    def _history(self) -> Content:
        words = _("Mail from before that is history: it can be searched, and no customer is counted as waiting for it.")
        return safe.line((words, "$text-muted"))

    # What was typed ---------------------------------------------------------------------------------------------

    def field(self, name: str) -> safe.Field:
        """Return a field."""
        return self.query_one(f"#{name}", safe.Field)

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.field(name).value.strip()

    @property
    def typed(self) -> Typed:
        """What stands in the form."""
        return Typed(
            address=self.text("address"),
            person=self.text("person"),
            secret=self.field("secret").value,
            imap=self.text("imap"),
            smtp=self.text("smtp"),
            login=self.text("login"),
            also=self.text("also"),
            live=self.text("live"),
            by_browser=self.by_browser,
            known=self.known,
        )

    @property
    def by_browser(self) -> bool:
        """Whether one signs in in the browser: the only way there, or the registered one while no code is typed."""
        if self.provider is None or self.field("secret").value:
            return False
        if self.known and not self.chosen:
            return self.known.oauth
        return self.provider.login == "browser" or self.provider.registered

    def missing(self) -> str | None:
        """Return the first field that still needs an answer."""
        typed = self.typed
        there = {
            "address": is_address(typed.address),
            "person": bool(typed.person or self.known),
            "secret": bool(typed.secret or typed.by_browser or self.known),
        }
        return next((name for name in NEEDED if not there[name]), None)

    # The provider -----------------------------------------------------------------------------------------------

    def offer(self, rows: Sequence[ProviderRow]) -> None:
        """Take the providers as they are for the address at hand, and show its own."""
        self.providers = rows
        known = self.chosen or is_address(self.text("address"))
        self._take(next((row for row in rows if self._is_it(row)), None) if known else None)

    def choose(self, id_: str) -> None:
        """Show the provider that a person chose, with its servers."""
        self.chosen = id_
        for name in self._filled:
            self._filled[name] = self.text(name)
        self._take(next(row for row in self.providers if row.id == id_))

    def _is_it(self, row: ProviderRow) -> bool:
        if self.chosen:
            return row.id == self.chosen
        if self.known and any(one.imap == self.known.imap for one in self.providers):
            return row.imap == self.known.imap
        return row.fits

    def _take(self, provider: ProviderRow | None) -> None:
        """Show the provider, and its servers where nobody wrote others."""
        self.provider = provider
        for name, url in (("imap", provider.imap), ("smtp", provider.smtp)) if provider else ():
            if self.text(name) in ("", self._filled[name]):
                self._filled[name] = url
                self.field(name).put(url)
        self.query_one("#row-secret").display = provider is None or provider.login != "browser"
        for part in self.query(safe.Line):
            part.refresh()
        self.query_one("#guidance").refresh(layout=True)
