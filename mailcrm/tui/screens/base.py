"""What all screens share: asking the core, the bars below, and repainting when the language changes.

Room: tui.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual.screen import ModalScreen, Screen

from mailcrm.tui import calls
from mailcrm.tui.keys import APP_KEYS, Key
from mailcrm.tui.widgets.bars import Bars
from mailcrm.tui.widgets.pager import Pager
from mailcrm.tui.widgets.rowlist import RowList

if TYPE_CHECKING:
    from mailcrm.tui.app import MailcrmApp

__all__ = ["MailModal", "MailScreen"]

Result = TypeVar("Result")


class MailScreen(Screen[Result]):
    """A screen of the app. `hints` are the keys of the lowest line, `help_keys` those that `?` lists before `house_keys`."""

    hints: Sequence[Key] = ()
    help_keys: Sequence[Sequence[Key]] = ()
    house_keys: Sequence[Key] = APP_KEYS

    missed: frozenset[str] = frozenset()
    """The topics of news that came while another screen covered this one."""

    def on_screen_resume(self) -> None:
        """Ask for what changed meanwhile."""
        missed, self.missed = self.missed, frozenset()
        if missed:
            self.core_changed(missed)

    @property
    def house(self) -> MailcrmApp:
        """The app, by its own name."""
        return cast("MailcrmApp", self.app)

    @property
    def thread_id(self) -> str | None:
        """The thread that this screen is about, for `?`."""
        return None

    def ask(
        self,
        query: str,
        then: Callable[[Any], None],
        otherwise: calls.Otherwise | None = None,
        /,
        **args: object,
    ) -> None:
        """Ask the core; `then` is called with the answer unless a newer question of the same kind was asked."""
        calls.ask(self.app, self.house.core, self, query, args, then, otherwise)

    def on_answered(self, event: calls.Answered) -> None:
        """Hand the answer to where it was asked for."""
        event.stop()
        if self.is_attached:
            event.then(event.value)

    def on_failed(self, event: calls.Failed) -> None:
        """Tell the failure in its place, or by a toast."""
        event.stop()
        if event.otherwise is not None and self.is_attached:
            event.otherwise(event.error)
        else:
            self.house.tell_error(event.error)

    def bars(self) -> Bars:
        """Return the lines that stand below the screen."""
        return Bars(lambda: self.hints)

    @property
    def is_whole(self) -> bool:
        """Whether the screen's widgets are there: it is composed, and not being taken down."""
        return self.is_mounted and self.display

    def core_changed(self, topics: frozenset[str]) -> None:
        """Something changed in the core: ask again for what is shown. `topics` as in `Notice`."""

    def minute(self) -> None:
        """Paint countdowns anew: a minute has passed."""

    def relanguage(self) -> None:
        """Make all words anew: the language is another one."""
        for rows in self.query(RowList):
            rows.repaint()
        for bars in self.query(Bars):
            bars.renew()
        for widget in self.query("*"):
            if not isinstance(widget, (RowList, Pager)):
                widget.refresh(layout=True)


class MailModal(MailScreen[Result], ModalScreen[Result]):
    """A screen in front of another one."""
