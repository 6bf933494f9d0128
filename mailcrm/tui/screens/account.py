"""The account wizard: an address, the code that its provider wants, a test step by step, and the mailbox is read.

Room: tui. In: the core's providers; the account that is changed, where it isn't a new one. Out: the core tries what was typed
before anything is kept, and keeps it with the secret where secrets are kept. Enter always goes on: to what is still missing,
then to the test, then it keeps the account and has it read. A failed test changes nothing that was typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.queries.rows import AccountRow, DoctorRow, ProviderRow
from mailcrm.tui import calls
from mailcrm.tui.account_form import Typed, is_address
from mailcrm.tui.account_words import asked, guidance, provider_name, remark
from mailcrm.tui.checklines import check_lines, reached
from mailcrm.tui.keys import ACCOUNT_KEYS, ASK_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.screens.choice import ChoiceScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.form import FormRow, Secret
from mailcrm.tui.widgets.pager import Pager, Paragraph

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome

__all__ = ["AccountScreen"]

TYPING_SECONDS = 0.2
NEEDED = ("address", "person", "secret")
REMARKED = ("person", "secret", "login", "also", "live")
USUAL = ("imap", "smtp", "login", "also", "live")


class AccountScreen(MailScreen[None]):
    """Add a mail account, or change `known`."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*ASK_KEYS, *ACCOUNT_KEYS)]
    hints = (*ACCOUNT_KEYS, *(key for key in ASK_KEYS if key.id == "ask.leave"))
    help_keys = (ACCOUNT_KEYS, ASK_KEYS)

    def __init__(self, known: AccountRow | None = None) -> None:
        super().__init__()
        self.known = known
        self.providers: Sequence[ProviderRow] = ()
        self.provider: ProviderRow | None = None
        self.chosen = ""  # the provider's id, where a person chose it
        self.steps: list[DoctorRow] = []
        self.state = ""  # of the test: "", "testing", "well", "failed"
        self.note = ""
        self._filled = {"imap": "", "smtp": ""}
        self._trying: Typed | None = None
        self._looked_at: str | None = None
        self._keeping = False
        self._typing: Timer | None = None

    def compose(self) -> ComposeResult:
        """Build the form."""
        yield safe.Line(self._head, id="head")
        with VerticalScroll(can_focus=False):
            yield from self._form()
        yield safe.Prose(lambda: safe.block(self.note, self._note_style()), id="note")
        yield Pager(id="steps")
        yield self.bars()

    def _form(self) -> ComposeResult:
        yield self._row("address")
        yield safe.Line(self._provider, id="provider")
        yield self._row("person")
        yield self._row("secret")
        yield safe.Prose(self._guidance, id="guidance")
        yield safe.Line(
            lambda width: safe.line((_("Right as it stands for most"), "$text-primary"), width=width), id="usual"
        )
        for name in USUAL:
            yield self._row(name)
        yield safe.Prose(self._history, id="history")

    def _row(self, name: str) -> FormRow:
        field = Secret(id=name) if name == "secret" else safe.Field(id=name)
        beside = (lambda: remark(name, self.provider, self.known)) if name in REMARKED else None
        return FormRow(field, lambda: asked(name, self.provider), beside, id=f"row-{name}")

    def on_mount(self) -> None:
        """Begin with the address, or with the secret of an account that is there already."""
        self.query_one(Pager).can_focus = False
        if self.known:
            known = self.known
            self._field("address").put(known.own_addresses[0] if known.own_addresses else known.user)
            self._field("imap").put(known.imap)
            self._field("smtp").put(known.smtp)
            self._field("login").put(known.user)
            self._field("also").put(", ".join((*known.own_addresses[1:], *known.own_domains)))
        self._field("secret" if self.known else "address").focus()
        self._say("")
        self._show_steps()
        self._look()

    def on_unmount(self) -> None:
        """Forget the secret."""
        self._trying = None

    def relanguage(self) -> None:
        """Make all words anew."""
        super().relanguage()
        self._show_steps()

    def _field(self, name: str) -> safe.Field:
        return self.query_one(f"#{name}", safe.Field)

    def _text(self, name: str) -> str:
        return self._field(name).value.strip()

    @property
    def typed(self) -> Typed:
        """What stands in the form."""
        return Typed(
            address=self._text("address"),
            person=self._text("person"),
            secret=self._field("secret").value,
            imap=self._text("imap"),
            smtp=self._text("smtp"),
            login=self._text("login"),
            also=self._text("also"),
            live=self._text("live"),
            by_browser=self.by_browser,
            known=self.known,
        )

    @property
    def by_browser(self) -> bool:
        """Whether one signs in in the browser: the only way there, or the registered one while no code is typed."""
        if self.provider is None or self._field("secret").value:
            return False
        if self.known and not self.chosen:
            return self.known.oauth
        return self.provider.login == "browser" or self.provider.registered

    # Painting ---------------------------------------------------------------------------------------------------

    def _head(self, width: int) -> Content:
        title = _("Mail account {name}", name=self.known.name) if self.known else _("A new mail account")
        return safe.line((title, "$text-primary bold"), width=width)

    def _provider(self, width: int) -> Content:
        return provider_name(self.provider, self.house.key_name("account.provider"), width)

    def _guidance(self) -> Content:
        return guidance(self.provider, by_browser=self.by_browser, home=self.house.core.home())

    def _history(self) -> Content:
        words = _("Mail from before that is history: it can be searched, and no customer is counted as waiting for it.")
        return safe.line((words, "$text-muted"))

    def _note_style(self) -> str:
        return {"well": "$text-success", "failed": "$text-error"}.get(self.state, "$text-warning")

    def _say(self, words: str) -> None:
        self.note = words
        note = self.query_one("#note")
        note.display = bool(words)
        note.refresh(layout=True)

    def _show_steps(self) -> None:
        told = check_lines(self.steps)
        if self.state == "testing":
            told.append(Paragraph(((_("Asking the servers …"), "muted"),)))
        pager = self.query_one("#steps", Pager)
        pager.display = bool(told)
        pager.show(told)
        self.query_one(VerticalScroll).set_class(bool(told), "-told")
        pager.call_after_refresh(pager.scroll_end, animate=False)
        self.query_one("#guidance").display = not told

    # The provider -----------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for the provider when typing pauses; what was tried is no longer what stands there."""
        event.stop()
        if self._trying is not None and self._trying.to_try() != self.typed.to_try():
            self._trying = None
            self.state, self.steps = "", []
            self._say("")
            self._show_steps()
        if event.input.id == "address":
            if self._typing is not None:
                self._typing.stop()
            self._typing = self.set_timer(TYPING_SECONDS, self._look)
        elif event.input.id == "secret":
            self.query_one("#guidance").refresh(layout=True)

    def _look(self, *, then_go: bool = False) -> None:
        address = self._text("address")
        self.ask("providers", partial(self._arrived, address, then_go), address=address if is_address(address) else "")

    def _arrived(self, address: str, then_go: bool, rows: Sequence[ProviderRow]) -> None:
        if address != self._text("address"):
            return
        self.providers, self._looked_at = rows, address
        known = is_address(address)
        self._take(next((row for row in rows if self._is_it(row)), None) if known or self.chosen else None)
        if then_go:
            self.action_go()

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
            if self._text(name) in ("", self._filled[name]):
                self._filled[name] = url
                self._field(name).put(url)
        self.query_one("#row-secret").display = provider is None or provider.login != "browser"
        for part in self.query(safe.Line):
            part.refresh()
        self.query_one("#guidance").refresh(layout=True)

    def action_provider(self) -> None:
        """Choose among the providers."""
        title = _("Where is this mailbox?")
        answers = [
            (
                row.id,
                _("{name}: {domains}", name=row.name, domains=", ".join(row.domains)) if row.domains else str(row.name),
            )
            for row in self.providers
        ]
        holds = self.provider.id if self.provider else ""
        self.app.push_screen(ChoiceScreen(title, answers, holds), self._choose)

    def _choose(self, id_: str | None) -> None:
        if id_ is None:
            return
        self.chosen = id_
        for name in self._filled:
            self._filled[name] = self._text(name)  # another provider has other servers
        self._take(next(row for row in self.providers if row.id == id_))

    # Going on ---------------------------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on."""
        event.stop()
        self.action_go()

    def action_go(self) -> None:
        """Go to what is missing, then try it, then keep it."""
        if self.state == "testing":
            return
        if self._looked_at != self._text("address"):
            self._look(then_go=True)
        elif missing := self._missing():
            if self._field(missing).has_focus:
                self._say(_("This is still needed: {what}.", what=asked(missing, self.provider)))
            self._field(missing).focus()
        elif self.by_browser or self.state == "well":
            self.action_keep()
        else:
            self.action_try()

    def _missing(self) -> str | None:
        typed = self.typed
        there = {
            "address": is_address(typed.address),
            "person": bool(typed.person or self.known),
            "secret": bool(typed.secret or typed.by_browser or self.known),
        }
        return next((name for name in NEEDED if not there[name]), None)

    def action_try(self) -> None:
        """Ask the servers; what they answer is told step by step."""
        if self.by_browser and (self.known is None or self.known.awaits_sign_in):
            self._say(_("There is nothing to test before you have signed in: keep the account first."))
            return
        self.state, self.steps, self._trying = "testing", [], self.typed
        self._say("")
        self._show_steps()
        tell = partial(self._tell, self._trying)
        self.ask("try_account", partial(self._tried, self._trying), self._refused, tell=tell, **self._trying.to_try())

    def _tell(self, typed: Typed, row: DoctorRow) -> None:
        """Take a step's answer; called from the worker, so it only posts."""
        self.post_message(calls.Answered(row, partial(self._step, typed)))

    def _step(self, typed: Typed, row: DoctorRow) -> None:
        if typed is self._trying:
            self.steps.append(row)
            self._show_steps()

    def _tried(self, typed: Typed, rows: Sequence[DoctorRow]) -> None:
        if typed is not self._trying:
            return
        self.state = "well" if reached(rows) else "failed"
        self._say(self._verdict(rows))
        self._show_steps()
        if any(row.check == "login" and not row.ok for row in rows):
            self._field("secret").focus()

    def _verdict(self, rows: Sequence[DoctorRow]) -> str:
        name = self.house.key_name
        if self.state == "failed":
            return _(
                "It doesn't work yet. Mend it and press {key} again; {keep} keeps it as it stands.",
                key=name("account.go"),
                keep=name("account.keep"),
            )
        if all(row.ok for row in rows):
            return _("It works. {key} keeps the account and reads its mail.", key=name("account.go"))
        return _("It works, but see ✗ below. {key} keeps the account and reads its mail.", key=name("account.go"))

    def _refused(self, error: MailcrmError) -> None:
        self.state, self._keeping = "failed", False
        self._say(str(error))
        self._show_steps()

    # Keeping ----------------------------------------------------------------------------------------------------

    def action_keep(self) -> None:
        """Keep the account as it stands."""
        typed = self.typed
        if self._keeping or not is_address(typed.address):
            self._field("address").focus()
            return
        self._keeping = True
        accounts = self.house.health.accounts if self.house.health else ()
        self.house.do("add_account", self._kept, self._refused, **typed.to_keep({row.name for row in accounts}))

    def _kept(self, outcome: Outcome) -> None:
        """Forget what was typed, and have the mailbox read, or say how to sign in to it."""
        self._field("secret").value = ""
        self._trying = None
        if self.is_current:
            self.dismiss(None)
        self.house.begin_reading(outcome.row)

    def action_leave(self) -> None:
        """Keep nothing."""
        self.dismiss(None)
