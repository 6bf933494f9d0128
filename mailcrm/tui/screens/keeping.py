"""Keeping what is being written: in a draft that follows the typing, until it is sent, left or thrown away.

Room: tui. In: what stands in the fields (`_typed`, `_written`). Out: the verb "draft" at most KEEP_SECONDS after a stroke, the verbs
"reply" and "outbox_cancel". One call at a time: nothing older is written over something newer, and no draft comes after its mail.
Drafts are no deeds: they are neither told by toasts nor taken back by undo. The composer is built on this.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.queries.rows import DraftRow
from mailcrm.tui import calls
from mailcrm.tui.screens.looking import LookingScreen
from mailcrm.tui.widgets import safe

__all__ = ["KEEP_SECONDS", "KeepingScreen"]

KEEP_SECONDS = 0.7

Typed = tuple[str, ...]


class KeepingScreen(LookingScreen):
    """A screen on which a mail is written that can't be lost."""

    def __init__(self, thread: str) -> None:
        super().__init__(thread)
        self.draft: str | None = None
        self._found: Typed | None = None  # as it stood here before anybody typed; None: that isn't known yet
        self._kept: Typed | None = None  # as it stands in the draft, or as found
        self._hopeless: Typed | None = None  # what the core could not keep: tried again when it is another
        self._keeping = False
        self._afterwards: Callable[[], None] | None = None
        self._busy = self._done = False

    def _fields(self) -> dict[str, Any]:
        """Return the mail as a draft keeps it: every field as it was typed."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Begin to keep."""
        self.set_interval(KEEP_SECONDS, self._keep_on)

    @property
    def unsaved(self) -> bool:
        """Whether something stands here that is kept nowhere else."""
        return self._found is not None and self._typed() != self._kept

    @property
    def is_kept(self) -> bool:
        """Whether a draft follows what is typed."""
        return self.draft is not None and self._hopeless is None

    @property
    def _is_nothing(self) -> bool:
        """Whether nothing stands here that anybody wrote."""
        return tuple(map(str.strip, self._typed())) == self._found

    def _keep_on(self) -> None:
        if not self._busy and not self._keeping and self.unsaved and self._typed() != self._hopeless:
            if self.draft is None and self._is_nothing:
                return
            self._keep()

    def _keep(self) -> None:
        typed = self._typed()
        self._keeping = True
        calls.do_quietly(
            self.app,
            self.house.core,
            self,
            "draft",
            {"thread": self.about, "draft": self.draft, **self._fields()},
            lambda row: self._was_kept(typed, row),
            lambda error: self._was_not_kept(typed, error),
        )

    def _was_kept(self, typed: Typed, row: DraftRow) -> None:
        self._keeping, self._hopeless = False, None
        self._kept, self.draft = typed, row.id
        self._told_kept()
        self._go_on()

    def _was_not_kept(self, typed: Typed, error: MailcrmError) -> None:
        self._keeping, self._hopeless = False, typed
        self._say(str(error))
        self._told_kept()
        self._go_on()

    def _told_kept(self) -> None:
        """Show whether it is kept."""

    def _after_keeping(self, then: Callable[[], None]) -> None:
        """Call `then` when no call is under way."""
        if self._keeping:
            self._afterwards = then
        else:
            then()

    def _go_on(self) -> None:
        then, self._afterwards = self._afterwards, None
        if then is not None:
            then()

    # Leaving ----------------------------------------------------------------------------------------------------

    def leave(self, then: Callable[[], None]) -> None:
        """Keep what was typed, then go on with `then`; where that can't be kept, stay and tell why."""
        self._after_keeping(lambda: self._leave(then))

    def _leave(self, then: Callable[[], None]) -> None:
        if self._is_nothing or (self.draft is None and not self.unsaved):
            self._drop(then)
        elif self.unsaved:
            self._afterwards = lambda: self._left(then)
            self._keep()
        else:
            self._left(then)

    def _left(self, then: Callable[[], None]) -> None:
        if self.unsaved:
            return
        key = self.house.key_name("verb.reply")
        safe.toast(self.app, _("Kept as a draft; {key} on its row goes on with it.", key=key))
        then()

    def _drop(self, then: Callable[[], None]) -> None:
        if self.draft is None:
            then()
        else:
            self._busy = True
            calls.do_quietly(
                self.app,
                self.house.core,
                self,
                "outbox_cancel",
                {"id": self.draft},
                lambda _row: then(),
                self._refused,
            )

    def action_discard(self) -> None:
        """Throw it away and close; one key brings it back."""
        self._after_keeping(self._keep_to_discard)

    def _keep_to_discard(self) -> None:
        """Keep it first: what isn't kept can't be brought back."""
        if self.unsaved and not self._is_nothing:
            self._afterwards = self._discard
            self._keep()
        else:
            self._discard()

    def _discard(self) -> None:
        if self.draft is None:
            self._close()
        elif not self.unsaved or self._is_nothing:
            self._busy = True
            self.house.do("outbox_cancel", lambda outcome: self._gone(outcome.action), self._refused, id=self.draft)

    def _gone(self, action: str | None) -> None:
        if action and self.draft:
            self.house.write_again(action, self.about, self.draft)
        self._close()

    def _refused(self, error: MailcrmError) -> None:
        self._busy = False
        if self.is_attached:
            self._say(str(error))
        else:
            self.house.tell_error(error)

    def _close(self) -> None:
        """Close for good: nothing is kept any more of what stands here."""
        self._busy = self._done = True
        if self.is_current:
            self.app.pop_screen()

    def on_screen_resume(self) -> None:
        """Close now, where something stood in front of it before."""
        if self._done:
            self._close()

    # Sending ----------------------------------------------------------------------------------------------------

    def _reply(self, mode: str, then: Callable[[], None], **more: Any) -> None:  # noqa: ANN401  (arguments of the verb)
        """Give the mail to the core, when its draft is at rest; `then` is called when it has it."""
        if not self._busy:
            self._busy = True
            self._say("")
            self._after_keeping(lambda: self._give(mode, then, more))

    def _give(self, mode: str, then: Callable[[], None], more: dict[str, Any]) -> None:
        def given(outcome: Any) -> None:  # noqa: ANN401  (an Outcome; the core's types are no import of the TUI)
            if outcome.action:
                self.house.write_again(outcome.action, self.about, outcome.row.id)
            then()

        arguments = {"thread": self.about, "mode": mode, "draft": self.draft, **self._written(), **more}
        self.house.do("reply", given, self._refused, **arguments)
