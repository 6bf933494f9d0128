"""The customer: who they are, what time it is there, what is open, what was last said; edited in its place.

Room: tui. In: `CustomerRow` of a thread, contact or company. Out: commands; Enter on what is open or on a mail opens its thread. Narrow
windows have one list, wide ones two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _, say
from mailcrm.queries.rows import CustomerRow
from mailcrm.tui.customer_edits import Edit
from mailcrm.tui.customer_lines import LABEL, Line, past_lines, pending_lines, who_lines
from mailcrm.tui.customer_words import DAY_THERE, holiday_words, hour_words, open_words, rhythm_words, totals_words
from mailcrm.tui.deals import noun_of
from mailcrm.tui.keys import APP_KEYS, CUSTOMER_KEYS, EDIT_KEYS, LIST_KEYS, VERB_KEYS, Key
from mailcrm.tui.screens.noting import NotingVerbs
from mailcrm.tui.screens.twolists import TwoLists
from mailcrm.tui.terms import ROLES, term
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import Bars, joined
from mailcrm.tui.widgets.cells import wrap
from mailcrm.tui.widgets.editing import EditField
from mailcrm.tui.widgets.rowlist import GUTTER, RowList, Span

__all__ = ["CustomerScreen"]

_LABELS = {"list.open": say("edit, open"), "verb.note": say("note")}
_HINTS = tuple(replace(key, label=_LABELS[key.id]) for key in (*LIST_KEYS, *VERB_KEYS) if key.id in _LABELS)
_WRITTEN = ("verb.note", "verb.log", "verb.task", "verb.sample", "verb.quote", "verb.order", "verb.inquiry")
NOTING_KEYS = tuple(key for key in VERB_KEYS if key.id in _WRITTEN)
LOOKS = {"good": "$text-success", "warn": "$text-warning", "muted": "$text-muted"}


class CustomerScreen(TwoLists[Line], NotingVerbs):
    """A customer."""

    LISTS = ("who", "what")
    HEADS = ("head", "there", "facts")
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*CUSTOMER_KEYS, *NOTING_KEYS)]
    help_keys = (CUSTOMER_KEYS, NOTING_KEYS, LIST_KEYS)

    def __init__(self, thread: str) -> None:
        super().__init__()
        self.about: str = thread
        self.row: CustomerRow | None = None
        self.unfolded: frozenset[str] = frozenset()
        self.editing: Edit | None = None
        self.refused: MailcrmError | None = None

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="head")
        yield safe.Line(self._there, id="there")
        yield safe.Line(self._ahead, id="facts")
        yield from self.lists_below()
        yield self.bars()

    @property
    def hints(self) -> Sequence[Key]:  # type: ignore[override]  # the keys of the moment
        """The keys that help now."""
        if self.editing is not None:
            return EDIT_KEYS
        others = CUSTOMER_KEYS if self.is_wide else ()
        return (*_HINTS, *others, *(key for key in APP_KEYS if key.id in ("app.undo", "app.explain", "app.back")))

    def renew(self) -> None:
        """Ask for the customer."""
        self.ask("customer", self._arrived, self.missing, thread=self.about)

    def _arrived(self, row: CustomerRow) -> None:
        if self.row is None and len(row.people) == 1:
            self.unfolded = frozenset({row.people[0].id})
        self.row, self.problem = row, None
        self.lay_out()

    # Painting ---------------------------------------------------------------------------------------------------

    def _head(self, width: int) -> Content:
        if self.row is None:
            return self.nothing_yet(width)
        row = self.row
        parts: list[object] = [(row.name, "$text-primary bold")]
        parts.append((f"  {row.grade}" if row.grade else "", "$text-accent bold"))
        parts.append((f"  {term(ROLES, row.role).title}", "$text"))
        parts.append((f"  {', '.join(row.tags)}", "$text-accent"))
        return safe.line(*parts, width=width)

    def _there(self, width: int) -> Content:
        there = self.row.there if self.row else None
        if there is None:
            words = _("Nobody knows yet where they are: set the country below.") if self.row else ""
            return safe.line((words, "$text-muted"), width=width)
        now, state = self.house.core.now(), term(DAY_THERE, there.closed_by)
        look = LOOKS.get(state.look, "$text")
        return joined(
            [
                (f"{state.sign} {hour_words(there, now)}", f"{look} bold"),
                (open_words(there, now, self.zone()), look),
                *((holiday_words(day), "$text-warning") for day in there.holidays),
            ],
            width,
        )

    def _ahead(self, width: int) -> Content:
        row = self.row
        if row is None:
            return safe.line("")
        rhythm = rhythm_words(row) or _("too few mails to tell a rhythm")
        look = "$text-warning" if row.silent else "$text-muted"
        return joined([(rhythm, look), (totals_words(row.totals), "$text-muted")], width)

    def lay_out(self) -> None:
        """Make the lines anew; a field that is open lies on its line."""
        now, zone = self.house.core.now(), self.zone()
        first: list[Line] = []
        second: list[Line] = []
        if self.row is not None:
            pending, past = pending_lines(self.row, now, zone), past_lines(self.row, now, zone, self.size.width)
            known = who_lines(self.row, self.unfolded, now)
            first = known if self.is_wide else [*pending, *known, Line(), *past]
            second = [*pending, *past] if self.is_wide else []
        self.show_lines(self._with_hint(first), second)
        self.query_one(Bars).renew()
        self.call_after_refresh(self._lie)

    # Editing ----------------------------------------------------------------------------------------------------

    def _with_hint(self, lines: list[Line]) -> list[Line]:
        """Return `lines` with what may be typed, or why it was refused, below the one that is edited."""
        place = next((number for number, line in enumerate(lines) if self._is_edited(line)), None)
        if place is None:
            return lines
        told: list[Span] = []
        if self.refused is not None:
            told = [(f"! {self.refused.sentence}", "bad"), (str(self.refused.hint or ""), "warn")]
        elif self.editing is not None and self.editing.hint is not None:
            told = [(str(self.editing.hint), "muted")]
        room = max(self.lists[0].scrollable_content_region.width - GUTTER - LABEL, LABEL)
        hints = [Line(spans=((" " * LABEL, ""), (part, look))) for text, look in told for part in wrap(text, room)]
        return [*lines[: place + 1], *hints, *lines[place + 1 :]]

    def _is_edited(self, line: Line) -> bool:
        return self.editing is not None and line.edit is not None and _same(line.edit, self.editing)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Edit the field, fold the person out, or open the thread or the page."""
        event.stop()
        line = self.line
        if line is None:
            return
        if line.edit is not None:
            self._edit(line.edit)
        elif line.person:
            self.unfolded ^= {line.person}
            self.lay_out()
        elif noun := noun_of(line.deal):
            from mailcrm.tui.screens.dealpage import DealScreen

            self.app.push_screen(DealScreen(noun.name, line.deal))
        elif line.thread:
            from mailcrm.tui.screens.thread import ThreadScreen

            self.app.push_screen(ThreadScreen(line.thread))

    def _edit(self, edit: Edit) -> None:
        if edit.choices:
            self._choose(edit)
            return
        self.editing, self.refused = edit, None
        field = EditField(edit.known)
        self.mount(field)
        field.focus()
        self.lay_out()

    def _choose(self, edit: Edit) -> None:
        from mailcrm.tui.screens.choice import ChoiceScreen

        def chosen(value: str | None) -> None:
            if value is not None and value != edit.known:
                self.house.do_all(edit.verb, [edit.arguments(value)])

        lines = [(value, str(words)) for value, words in edit.choices]
        name = self.row.name if self.row else ""
        self.app.push_screen(ChoiceScreen(f"{name}: {edit.title}", lines, edit.known), chosen)

    def _lie(self) -> None:
        """Let the field lie on its line, and what is told below it be seen."""
        who = self.lists[0]
        place = next((number for number, line in enumerate(who.items) if self._is_edited(line)), None)
        for field in self.query(EditField):
            if place is not None:
                below = 1 + sum(1 for line in who.items[place + 1 : place + 6] if not line.key and line.spans)
                region = who.line_region(place, below)
                field.lie_on(Region(region.x + LABEL, region.y, region.width - LABEL, 1))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save it."""
        event.stop()
        edit, typed = self.editing, event.value.strip()
        if edit is None or typed == edit.known.strip():
            self._leave()
            return
        try:
            arguments = edit.arguments(typed)
        except MailcrmError as error:
            self._refuse(error)
            return
        self.house.do(edit.verb, lambda _outcome: self._leave(), self._refuse, **arguments)

    def _refuse(self, error: MailcrmError) -> None:
        if self.editing is None or not self.is_attached:
            self.house.tell_error(error)
            return
        self.refused = error
        self.lay_out()

    def on_edit_field_left(self, event: EditField.Left) -> None:
        """Leave it as it was."""
        event.stop()
        self._leave()

    def _leave(self) -> None:
        self.editing, self.refused = None, None
        self.query(EditField).remove()
        if self.is_attached:
            self.lists[0].focus()
            self.lay_out()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Leave the field when the mouse goes elsewhere."""
        event.stop()
        if self.editing is not None and self.line is not None and not self._is_edited(self.line):
            self._leave()

    # Verbs ------------------------------------------------------------------------------------------------------

    @property
    def thread_id(self) -> str | None:
        """The thread under the cursor, else the one that the customer was opened from."""
        return (self.line.thread if self.line else "") or self.about

    def one(self) -> str | None:
        """Return the thread that something is written down about."""
        return self.thread_id

    def action_other(self) -> None:
        """Go to the other list."""
        who, what = self.lists
        if self.editing is None and what.display:
            (who if what.has_focus else what).focus()


def _same(one: Edit, other: Edit) -> bool:
    return (one.id, one.field) == (other.id, other.field)
