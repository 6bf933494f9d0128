"""What is done and taken back: commands to the core, their toasts, the undo window.

Room: tui. In: verbs and their arguments from the screens. Out: commands in workers; their sentence, or the failure with
its mend, as a toast. The app is built on this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from textual.app import App

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import plural
from mailcrm.tui import calls
from mailcrm.tui.widgets import safe

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome
    from mailcrm.core.late import Desk

__all__ = ["Errands", "Pending"]

_UNDO_WINDOW = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Pending:
    """A mail in its undo window; `until` is when it leaves. `count`: it is the last of so many that leave with it."""

    to: str
    subject: str
    until: datetime
    count: int = 1


class Errands(App[None]):
    """An app that gives commands to the core and can take them back."""

    def __init__(self, core: Desk) -> None:
        super().__init__()
        self.core = core
        self.pending: Pending | None = None
        self._undoable: list[tuple[str, ...]] = []
        self._written: dict[str, tuple[str, str]] = {}

    def ask_health(self) -> None:
        """Ask for the status bar's contents."""
        raise NotImplementedError

    def renew_bars(self) -> None:
        """Paint the bars of all screens anew."""
        raise NotImplementedError

    def write_again(self, action: str, thread: str, mail: str) -> None:
        """Remember that whoever takes back `action` wants to write on with `mail`."""
        self._written[action] = (thread, mail)

    def do(
        self,
        verb: str,
        then: Callable[[Outcome], None] | None = None,
        otherwise: calls.Otherwise | None = None,
        **args: object,
    ) -> None:
        """Run a command; its sentence is told by a toast, its failure with the mend, and `u` takes it back."""
        self.do_all(verb, [args], then, otherwise)

    def do_all(
        self,
        verb: str,
        many: Sequence[Mapping[str, object]],
        then: Callable[[Outcome], None] | None = None,
        otherwise: calls.Otherwise | None = None,
    ) -> None:
        """Run a command for several things; one key takes all of it back."""
        calls.do_all(self, self.core, verb, many, then, otherwise)

    def on_answered(self, event: calls.Answered) -> None:
        """Hand an answer that the app asked for to where it belongs."""
        event.then(event.value)

    def on_failed(self, event: calls.Failed) -> None:
        """Tell a failure in its place, or by a toast."""
        if event.otherwise is not None:
            event.otherwise(event.error)
        else:
            self.tell_error(event.error)

    def on_finished(self, event: calls.Finished) -> None:
        """Tell what was done, remember how to take it back."""
        actions = tuple(outcome.action for outcome in event.outcomes if outcome.action)
        if actions and event.verb != "undo":
            self._undoable.append(actions)
        last = event.outcomes[-1]
        if not self._held(last, len(event.outcomes)):
            self._tell(event.outcomes)
        self.ask_health()
        if event.then is not None:
            event.then(last)

    def _held(self, outcome: Outcome, count: int) -> bool:
        """Show a mail in its undo window below the screen; False where it is none."""
        row = outcome.mail
        if row is None or row.state != "held" or row.held_until is None:
            return False
        if row.held_until - self.core.now() > _UNDO_WINDOW:
            return False  # sent later: its sentence says when
        self.pending = Pending(", ".join(row.to), row.subject, row.held_until, count)
        self.renew_bars()
        return True

    def _tell(self, outcomes: Sequence[Outcome]) -> None:
        if len(outcomes) == 1:
            safe.toast(self, outcomes[0].said)
        else:
            safe.toast(
                self,
                plural("Done for {count}: {said}", "Done for {count}: {said}", len(outcomes), said=outcomes[-1].said),
            )

    def tell_error(self, error: MailcrmError) -> None:
        """Show an error with its mend."""
        safe.toast(self, error, "error", seconds=12)

    def count_down(self) -> None:
        """Count the undo window down."""
        if self.pending is None:
            return
        if (self.core.now() - self.pending.until).total_seconds() > 1:
            self.pending = None
            self.ask_health()
        self.renew_bars()

    def action_undo(self) -> None:
        """Take back what was done last: here, or else the person's latest action wherever it was done."""
        actions: tuple[str | None, ...] = self._undoable.pop() if self._undoable else (None,)
        written = self._written.pop(actions[-1] or "", None)
        self.pending = None
        then = partial(self._write_on, *written) if written else None
        self.do_all("undo", [{"id": action} for action in reversed(actions)], then)
        self.renew_bars()

    def _write_on(self, thread: str, mail: str, _outcome: Outcome) -> None:
        from mailcrm.tui.screens.composer import ComposerScreen

        self.push_screen(ComposerScreen(thread, resumed=mail))
