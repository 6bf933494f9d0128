"""The customer: who they are, what time it is there, what is open, what was last said; edited in its place.

Room: tui. In: `CustomerRow` of a thread, contact or company. Out: commands; Enter on what is open or on a mail opens its thread. Narrow
windows have one list, wide ones two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
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
from mailcrm.tui.terms import ROLES, term
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import Bars, joined
from mailcrm.tui.widgets.cells import wrap
from mailcrm.tui.widgets.editing import EditField
from mailcrm.tui.widgets.rowlist import GUTTER, RowList, Span

__all__ = ["CustomerScreen"]

WIDE = 120
_LABELS = {"list.open": say("edit, open"), "verb.note": say("note")}
_HINTS = tuple(replace(key, label=_LABELS[key.id]) for key in (*LIST_KEYS, *VERB_KEYS) if key.id in _LABELS)
_WRITTEN = ("verb.note", "verb.log", "verb.task", "verb.sample", "verb.quote", "verb.order")
NOTING_KEYS = tuple(key for key in VERB_KEYS if key.id in _WRITTEN)
LOOKS = {"good": "$text-success", "warn": "$text-warning", "muted": "$text-muted"}


def _paint(line: Line, _width: int) -> Sequence[Span]:
    return line.spans


class CustomerScreen(NotingVerbs):
    """A customer."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-slim"), (WIDE, "-wide")]  # noqa: RUF012  (Textual's own declaration)
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in (*CUSTOMER_KEYS, *NOTING_KEYS)]
    help_keys = (CUSTOMER_KEYS, NOTING_KEYS, LIST_KEYS)

    def __init__(self, thread: str) -> None:
        super().__init__()
        self.about: str = thread
        self.row: CustomerRow | None = None
        self.problem: MailcrmError | None = None
        self.unfolded: frozenset[str] = frozenset()
        self.editing: Edit | None = None
        self.refused: MailcrmError | None = None

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="head")
        yield safe.Line(self._there, id="there")
        yield safe.Line(self._ahead, id="facts")
        with Horizontal(id="columns"):
            yield RowList(_paint, id="who")
            yield RowList(_paint, id="what")
        yield self.bars()

    @property
    def lists(self) -> tuple[RowList[Line], RowList[Line]]:
        """Who they are, and what is going on; where there is one list only, it is the first."""
        return self.query_one("#who", RowList), self.query_one("#what", RowList)

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        who, what = self.lists
        return what.item if what.has_focus else who.item

    @property
    def hints(self) -> Sequence[Key]:  # type: ignore[override]  # the keys of the moment
        """The keys that help now."""
        if self.editing is not None:
            return EDIT_KEYS
        others = CUSTOMER_KEYS if self._is_wide else ()
        return (*_HINTS, *others, *(key for key in APP_KEYS if key.id in ("app.undo", "app.explain", "app.back")))

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= WIDE

    def on_mount(self) -> None:
        """Ask for the customer."""
        self.lists[0].focus()
        self._show()
        self.renew()

    def renew(self) -> None:
        """Ask for the customer."""
        self.ask("customer", self._arrived, self._missing, thread=self.about)

    def core_changed(self, topics: frozenset[str]) -> None:
        """Ask again."""
        if topics != {"health"}:
            self.renew()

    def minute(self) -> None:
        """Ask again: a minute may open an office or pass a deadline."""
        self.renew()

    def relanguage(self) -> None:
        """Make all words anew; the sentences in the rows are those of the language in which they were asked for."""
        super().relanguage()
        self._show()
        self.renew()

    def _arrived(self, row: CustomerRow) -> None:
        if self.row is None and len(row.people) == 1:
            self.unfolded = frozenset({row.people[0].id})
        self.row, self.problem = row, None
        self._show()

    def _missing(self, error: MailcrmError) -> None:
        self.problem = error
        self._show()

    # Painting ---------------------------------------------------------------------------------------------------

    def _zone(self) -> str:
        return self.house.health.zone if self.house.health else "UTC"

    def _head(self, width: int) -> Content:
        if self.row is None:
            return safe.line((str(self.problem), "$text-error") if self.problem else _("One moment …"), width=width)
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
                (open_words(there, now, self._zone()), look),
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

    def _show(self) -> None:
        who, what = self.lists
        now, zone = self.house.core.now(), self._zone()
        first: list[Line] = []
        second: list[Line] = []
        if self.row is not None:
            pending, past = pending_lines(self.row, now, zone), past_lines(self.row, now, zone, self.size.width)
            known = who_lines(self.row, self.unfolded, now)
            first = known if self._is_wide else [*pending, *known, Line(), *past]
            second = [*pending, *past] if self._is_wide else []
        who.show(self._with_hint(first))
        what.show(second)
        what.display = self._is_wide
        if not self._is_wide and what.has_focus:
            who.focus()
        for name in ("#head", "#there", "#facts"):
            self.query_one(name).refresh()
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
            self._show()
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
        self._show()

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
        self._show()

    def on_edit_field_left(self, event: EditField.Left) -> None:
        """Leave it as it was."""
        event.stop()
        self._leave()

    def _leave(self) -> None:
        self.editing, self.refused = None, None
        self.query(EditField).remove()
        if self.is_attached:
            self.lists[0].focus()
            self._show()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Leave the field when the mouse goes elsewhere."""
        event.stop()
        if self.editing is not None and self.line is not None and not self._is_edited(self.line):
            self._leave()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lists out for another width."""
        del event
        self.call_after_refresh(self._show)

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
