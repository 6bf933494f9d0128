"""The composer: who it goes to, what it says, what to look at before it leaves, and below it what is added by itself.

Room: tui. In: the core's preview of a reply (recipients, subject, signature, quoted original, checks and questions), a draft or a
mail that was taken back, a template.
Out: a mail in its undo window, or a draft (`keeping`): nothing that was typed is ever lost. The reply answers the mails up to
`seen_until` of the preview that was shown when writing began. Checks ask once and never block.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.recipients import parts_of
from mailcrm.domain.words import _
from mailcrm.queries.rows import Preview, RecipientRow
from mailcrm.tui.composing import added, head_line
from mailcrm.tui.keys import COMPOSE_KEYS
from mailcrm.tui.outside import edit_outside
from mailcrm.tui.screens.later import ask_when
from mailcrm.tui.screens.picker import Picked, PickerScreen
from mailcrm.tui.screens.resuming import ResumingScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.aside import Aside
from mailcrm.tui.widgets.pager import Pager
from mailcrm.tui.widgets.recipients import Recipients

__all__ = ["ComposerScreen"]


class ComposerScreen(ResumingScreen):
    """Write one mail."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in COMPOSE_KEYS]
    help_keys = (COMPOSE_KEYS,)

    def __init__(
        self,
        thread: str,
        *,
        pick: bool = False,
        suggested: str | None = None,
        begun_with: str | None = None,
        resumed: str | None = None,
    ) -> None:
        super().__init__(thread, begun_with=begun_with, resumed=resumed)
        self._pick_first = pick
        self.suggested = suggested
        self.picked: Picked | None = None
        self.note = ""
        self._later: dict[str, Any] = {}  # when it leaves, where not now

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="head")
        for name in ("to", "cc"):
            yield Recipients(name, partial(self._label, name), self._who)
        with Container(id="desk"):
            yield safe.Writing(id="body")
            yield Aside(id="aside")
        yield Pager(id="added")
        yield safe.Prose(lambda: safe.block(self.note, "$text-error"), id="note")
        yield self.bars()

    def on_mount(self) -> None:
        """Ask for recipients, subject and the quoted mail."""
        self.query_one(Pager).can_focus = False
        self.aside.doors = {key.id: self.house.key_name(key.id) for key in COMPOSE_KEYS}
        self.aside.zone = self.house.core.zone()
        self.body.focus()
        if self._pick_first:
            self.action_pick()

    def _show_added(self, preview: Preview) -> None:
        self.query_one("#added", Pager).show(added(preview, low=self.is_low))

    # Painting ---------------------------------------------------------------------------------------------------

    def _head(self, width: int) -> Content:
        subject = (self.row.subject if self.row else "") or (self.preview.subject if self.preview else "…")
        picked = self.picked
        template = f"{picked.title} ({picked.language or picked.preview.language})" if picked else ""
        holds = self.aside.hold is not None
        return head_line(width, subject=subject, template=template, holds=holds, kept=self.is_kept)

    def _label(self, name: str, _width: int) -> Content:
        words = _("To") if name == "to" else _("Cc")
        return safe.line((words, "$text-muted"))

    def _who(self, text: str, then: Callable[[Sequence[RecipientRow]], None]) -> None:
        self.ask("recipients", then, lambda _error: None, text=text, thread=self.about)

    def _say(self, words: str) -> None:
        self.note = words
        note = self.query_one("#note")
        note.display = bool(words)
        note.refresh(layout=True)

    def _lay_out(self) -> None:
        super()._lay_out()
        cc = self.query_one("#cc", safe.Field)
        writing_to = self.focused is not None and self.focused.id in ("to", "cc")
        self.query_one("Recipients.cc").display = not self.is_low or bool(cc.value) or writing_to
        self.query_one("#head").refresh()

    def on_resize(self) -> None:
        """Show more or less of what is added."""
        if self.preview is not None:
            self._show_added(self.preview)

    # Templates --------------------------------------------------------------------------------------------------

    def action_pick(self) -> None:
        """Choose a template; what is typed already can be brought back by Ctrl-Z."""
        self.app.push_screen(PickerScreen(self.about, self.suggested), self._picked)

    def _picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        if self.body.text.strip():
            safe.toast(self.app, _("The template replaced your text; Ctrl-Z brings it back."))
        self._address(picked.preview)
        self._take(picked)
        self.body.focus()
        self._remember_language(picked.language)

    def _remember_language(self, chosen: str | None) -> None:
        """Let a language that a person chose be the customer's from now on; one key takes that back."""
        known = self.preview.language if self.preview else chosen
        if chosen and self.contact and chosen != known:
            self.house.do("edit_contact", id=self.contact, language=chosen)

    def _begin_with(self, template: str, preview: Preview) -> None:
        self._take(Picked(template, template, None, {}, preview))

    def _take(self, picked: Picked) -> None:
        self.picked = picked
        self.body.put(picked.preview.body)
        self._show_added(picked.preview)
        self.query_one("#head").refresh()

    # An editor of one's own -------------------------------------------------------------------------------------

    def action_editor(self) -> None:
        """Write in the editor that the person is used to; Ctrl-Z brings the text back that was here."""
        self._after_keeping(self._edit)

    def _edit(self) -> None:
        before = self.body.text
        try:
            text = edit_outside(self.app, self.house.core.home(), before)
        except MailcrmError as error:
            self._say(str(error))
            return
        self._say("")
        if text != before:
            self.body.put(text, at_end=True)
        self.body.focus()

    # Leaving ----------------------------------------------------------------------------------------------------

    def _typed(self) -> tuple[str, ...]:
        to, cc = (self.query_one(f"#{name}", safe.Field).value.strip() for name in ("to", "cc"))
        aside = self.aside
        ticks = "; ".join(f"{text} {ticked}" for text, ticked in sorted(aside.ticks.items()))
        return (to, cc, self.body.text, str(aside.hold), "; ".join(aside.files), ", ".join(aside.also), ticks)

    def _written(self) -> dict[str, Any]:
        """Return the mail as the core takes it, for a look or to write it."""
        to, cc, *_rest = self._typed()
        own_to, own_cc = self._offered
        return {
            "template": self.picked.template if self.picked else None,
            "language": self.picked.language if self.picked else None,
            "variables": dict(self.picked.variables) if self.picked else {},
            "body": self.body.text,
            "to": () if to == own_to else parts_of(to),
            "cc": None if cc == own_cc else parts_of(cc),
            "attachments": self.aside.files,
            "hold": self.aside.hold,
            "also": self.aside.also,
        }

    def _fields(self) -> dict[str, Any]:
        to, cc, *_rest = self._typed()
        people = {"to": parts_of(to), "cc": parts_of(cc)}
        return {**self._written(), **people, "ticks": self.aside.ticks, "seen_until": self._seen_until}

    @property
    def _seen_until(self) -> datetime | None:
        return self.preview.seen_until if self.preview else None

    def _told_kept(self) -> None:
        self.query_one("#head").refresh()

    def _refused(self, error: MailcrmError) -> None:
        self._later = {}
        super()._refused(error)

    def action_send(self) -> None:
        """Look at it once more and send it, with time to take it back; what is missing is named here."""
        to, _cc, body, *_rest = self._typed()
        if self.preview is None:
            self._say(_("One moment: the customer's mail is still being read."))
        elif not parts_of(to):
            self._say(_("There is nobody to send it to: write an address into “To”."))
            self.query_one("#to").focus()
        elif not body.strip():
            self._say(_("There is nothing to send yet: write something, or choose a template."))
            self.body.focus()
        else:
            self._look_once_more()

    def _send(self) -> None:
        mode = "at" if self._later else "queue"
        self._reply(mode, self._close, seen_until=self._seen_until, **self._later)

    def action_later(self) -> None:
        """Choose when it leaves, then send it so."""
        ask_when(self, self._chosen)

    def _chosen(self, _at: str, when: dict[str, Any]) -> None:
        self._later = when
        self.action_send()

    def action_leave(self) -> None:
        """Close; what was typed is kept as a draft."""
        self.leave(self._close)
