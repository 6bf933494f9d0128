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
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.queries.rows import AccountRow, DoctorRow, ProviderRow
from mailcrm.tui import calls
from mailcrm.tui.account_form import Typed, is_address
from mailcrm.tui.account_words import asked
from mailcrm.tui.checklines import check_lines, reached
from mailcrm.tui.keys import ACCOUNT_KEYS, ASK_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.screens.choice import ChoiceScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.accountform import AccountForm
from mailcrm.tui.widgets.pager import Pager, Paragraph

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome

__all__ = ["AccountScreen"]

TYPING_SECONDS = 0.2


class AccountScreen(MailScreen[None]):
    """Add a mail account, or change `known`."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*ASK_KEYS, *ACCOUNT_KEYS)]
    hints = (*ACCOUNT_KEYS, *(key for key in ASK_KEYS if key.id == "ask.leave"))
    help_keys = (ACCOUNT_KEYS, ASK_KEYS)

    def __init__(self, known: AccountRow | None = None) -> None:
        super().__init__()
        self.known = known
        self.steps: list[DoctorRow] = []
        self.state = ""  # of the test: "", "testing", "well", "failed"
        self.note = ""
        self._trying: Typed | None = None
        self._looked_at: str | None = None
        self._keeping = False
        self._typing: Timer | None = None

    def compose(self) -> ComposeResult:
        """Build the form."""
        yield safe.Line(self._head, id="head")
        yield AccountForm(self.known)
        yield safe.Prose(lambda: safe.block(self.note, self._note_style()), id="note")
        yield Pager(id="steps")
        yield self.bars()

    @property
    def form(self) -> AccountForm:
        """The fields."""
        return self.query_one(AccountForm)

    def on_mount(self) -> None:
        """Ask for the providers."""
        self.query_one(Pager).can_focus = False
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

    # Painting ---------------------------------------------------------------------------------------------------

    def _head(self, width: int) -> Content:
        title = _("Mail account {name}", name=self.known.name) if self.known else _("A new mail account")
        return safe.line((title, "$text-primary bold"), width=width)

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
        self.form.set_class(bool(told), "-told")
        pager.call_after_refresh(pager.scroll_end, animate=False)
        self.query_one("#guidance").display = not told

    # The provider -----------------------------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for the provider when typing pauses; what was tried is no longer what stands there."""
        event.stop()
        if self._trying is not None and self._trying.to_try() != self.form.typed.to_try():
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
        address = self.form.text("address")
        self.ask("providers", partial(self._arrived, address, then_go), address=address if is_address(address) else "")

    def _arrived(self, address: str, then_go: bool, rows: Sequence[ProviderRow]) -> None:
        if address == self.form.text("address"):
            self._looked_at = address
            self.form.offer(rows)
            if then_go:
                self.action_go()

    def action_provider(self) -> None:
        """Choose among the providers."""
        title = _("Where is this mailbox?")
        answers = [
            (
                row.id,
                _("{name}: {domains}", name=row.name, domains=", ".join(row.domains)) if row.domains else str(row.name),
            )
            for row in self.form.providers
        ]
        holds = self.form.provider.id if self.form.provider else ""
        self.app.push_screen(ChoiceScreen(title, answers, holds), self._choose)

    def _choose(self, id_: str | None) -> None:
        if id_ is not None:
            self.form.choose(id_)

    # Going on ---------------------------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on."""
        event.stop()
        self.action_go()

    def action_go(self) -> None:
        """Go to what is missing, then try it, then keep it."""
        if self.state == "testing":
            return
        if self._looked_at != self.form.text("address"):
            self._look(then_go=True)
        elif missing := self.form.missing():
            if self.form.field(missing).has_focus:
                self._say(_("This is still needed: {what}.", what=asked(missing, self.form.provider)))
            self.form.field(missing).focus()
        elif self.form.by_browser or self.state == "well":
            self.action_keep()
        else:
            self.action_try()

    def action_try(self) -> None:
        """Ask the servers; what they answer is told step by step."""
        if self.form.by_browser and (self.known is None or self.known.awaits_sign_in):
            self._say(_("There is nothing to test before you have signed in: keep the account first."))
            return
        self.state, self.steps, self._trying = "testing", [], self.form.typed
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
            self.form.field("secret").focus()

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
        typed = self.form.typed
        if self._keeping or not is_address(typed.address):
            self.form.field("address").focus()
            return
        self._keeping = True
        accounts = self.house.health.accounts if self.house.health else ()
        self.house.do("add_account", self._kept, self._refused, **typed.to_keep({row.name for row in accounts}))

    def _kept(self, outcome: Outcome) -> None:
        """Forget what was typed, and have the mailbox read, or say how to sign in to it."""
        self.form.field("secret").value = ""
        self._trying = None
        if self.is_current:
            self.dismiss(None)
        self.house.begin_reading(outcome.row)

    def action_leave(self) -> None:
        """Keep nothing."""
        self.dismiss(None)
