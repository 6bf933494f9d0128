"""The template picker: names at the left, the mail as it would be at the right.

Room: tui. In: `TemplateRow`s of all languages, previews of the core. Out: a `Picked`; None where nothing was chosen.
Variables that nothing is known of are asked for in one form before the template is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.queries.rows import Preview, TemplateRow
from mailcrm.tui.keys import CHOICE_KEYS
from mailcrm.tui.screens.base import MailModal
from mailcrm.tui.screens.filling import FillScreen, stand_ins
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.cells import fit
from mailcrm.tui.widgets.pager import Pager, Paragraph
from mailcrm.tui.widgets.rowlist import RowList, Span

__all__ = ["Picked", "PickerScreen"]

DIGITS = 9
_ORDER = ("reply", "inquiry", "quote", "sample", "order", "money", "shipping", "complaint", "nudge")


@dataclass(frozen=True, slots=True)
class Picked:
    """A template, in a language (None: the customer's), with its variables, and the mail that it gave."""

    template: str
    title: str
    language: str | None
    variables: Mapping[str, str]
    preview: Preview


@dataclass(frozen=True, slots=True)
class Named:
    """A template by name, in all its languages."""

    key: str
    number: int
    title: str
    rows: Mapping[str, TemplateRow]
    suggested: bool

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it exists in."""
        return tuple(self.rows)


def _paint(named: Named, width: int) -> Sequence[Span]:
    number = f"{named.number} " if named.number <= DIGITS else "  "
    return [(number, "accent"), (fit(named.title, width - len(number)), "strong" if named.suggested else "")]


def _rank(purpose: str) -> int:
    """Return where templates of a purpose stand: in the order of a trade; those of one's own purposes behind."""
    return _ORDER.index(purpose) if purpose in _ORDER else len(_ORDER)


class PickerScreen(MailModal[Picked | None]):
    """Choose a template while seeing what it says."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in CHOICE_KEYS]
    help_keys = (CHOICE_KEYS,)

    def __init__(self, thread: str, suggested: str | None) -> None:
        super().__init__()
        self.about = thread
        self.suggested = suggested
        self.language: str | None = None
        self.preview: Preview | None = None
        self.shown_for: tuple[str, str | None] | None = None
        self.answers: dict[str, str] = {}
        self._chosen = False

    def compose(self) -> ComposeResult:
        """Build the box."""
        with Vertical(classes="box tall"):
            yield safe.Line(lambda width: safe.line((_("Choose a template"), "bold"), width=width), classes="title")
            with Horizontal(id="both"):
                yield RowList(_paint, id="names")
                yield Pager(id="sample")
            yield safe.Line(self._keys, classes="keys")

    def on_mount(self) -> None:
        """Ask for the templates."""
        self.query_one(Pager).can_focus = False
        self.query_one(RowList).focus()
        self.ask("templates", self._arrived, language=None)

    def _arrived(self, rows: tuple[TemplateRow, ...]) -> None:
        by_name: dict[str, list[TemplateRow]] = {}
        for row in rows:
            # A holding reply carries a promise: it has a screen of its own. Notices are for ourselves.
            if row.reasons or row.purpose == "notice":
                continue
            by_name.setdefault(row.name, []).append(row)
        order = sorted(by_name, key=lambda name: (name != self.suggested, _rank(by_name[name][0].purpose), name))
        names = [
            Named(
                name,
                number,
                by_name[name][0].title or name,
                {row.language: row for row in by_name[name]},
                name == self.suggested,
            )
            for number, name in enumerate(order, 1)
        ]
        self.query_one(RowList).show(names)

    def _named(self) -> Named | None:
        item = self.query_one(RowList).item
        return item if isinstance(item, Named) else None

    def _keys(self, width: int) -> Content:
        language = self.language or (self.preview.language if self.preview else "") or "…"
        own = _("the customer's") if self.language is None else _("chosen")
        parts = [
            (_("Enter takes it"), "$text-muted"),
            (
                _(
                    "{key} language: {language} ({whose})",
                    key=self.house.key_name("choice.language"),
                    language=language,
                    whose=own,
                ),
                "",
            ),
            (_("{key} goes back", key=self.house.key_name("choice.leave").split()[0]), "$text-muted"),
        ]
        return joined(parts, width)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Show what the template says."""
        event.stop()
        named = self._named()
        if named and self.language not in (None, *named.languages):
            self.language = None
        self._look()

    def _look(self) -> None:
        if named := self._named():
            asked = (named.key, self.language)
            self.ask(
                "preview",
                lambda preview: self._looked(asked, preview),
                self._unseen,
                thread=self.about,
                template=named.key,
                variables=dict(self.answers),
                language=self.language,
            )

    def _looked(self, asked: tuple[str, str | None], preview: Preview) -> None:
        self.preview, self.shown_for = preview, asked
        self._show(preview, ())
        self.query_one(".keys").refresh()
        if self._chosen:
            self._take()
        elif preview.missing:
            self._look_at_sample(preview)

    def _look_at_sample(self, preview: Preview) -> None:
        """Show what the mail would be like."""
        named = self._named()
        if named is None or preview.language not in named.rows:
            return
        row = named.rows[preview.language]
        dots = stand_ins(row, preview.missing, self.house.core.now())
        questions = tuple(preview.missing.values())

        def sampled(sample: Preview) -> None:
            if self.preview is preview:
                self._show(sample, questions)

        self.ask(
            "preview",
            sampled,
            lambda _error: None,
            thread=self.about,
            template=named.key,
            variables={**self.answers, **dots},
            language=self.language,
        )

    def _show(self, preview: Preview, questions: Sequence[str]) -> None:
        """Show a mail; `questions`: what stands as dots in it."""
        told = [Paragraph(((preview.subject, "strong"),), wraps=True), Paragraph()]
        asks = questions or tuple(preview.missing.values())
        if preview.body:
            told.append(Paragraph(((preview.body.rstrip("\n"), ""),), wraps=True))
            told.append(Paragraph())
        if asks:
            told.append(Paragraph(((_("This template asks you:"), "muted"),)))
            told.extend(Paragraph(((f"- {question}", ""),), wraps=True) for question in asks)
        self.query_one("#sample", Pager).show(told)

    def _unseen(self, error: MailcrmError) -> None:
        self._chosen = False
        self.preview = None
        self.query_one(Pager).show([Paragraph(((str(error), "bad"),), wraps=True)])

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Take the template; where its preview is still on the way, as soon as it is there."""
        event.stop()
        self._chosen = True
        named = self._named()
        if named and self.shown_for == (named.key, self.language):
            self._take()

    def _take(self) -> None:
        named, preview = self._named(), self.preview
        if named is None or preview is None or self.shown_for != (named.key, self.language):
            return
        self._chosen = False
        if preview.missing:
            row = named.rows[preview.language]
            form = FillScreen(
                self.about,
                row,
                self.language,
                preview.missing,
                {**preview.defaults, **self.answers},
                self.answers.update,
            )
            self.app.push_screen(form, self._filled)
        else:
            self.dismiss(Picked(named.key, named.title, self.language, dict(self.answers), preview))

    def _filled(self, filled: Mapping[str, str] | None) -> None:
        if filled is not None:
            self.answers.update(filled)
            self._chosen = True
            self._look()

    def action_take(self, number: int) -> None:
        """Take the template in this line."""
        rows = self.query_one(RowList)
        if number <= len(rows.items):
            rows.place(rows.items[number - 1].key)
            self._chosen = True
            self._look()

    def action_language(self) -> None:
        """Try the next language the template exists in; after the last, the customer's."""
        if named := self._named():
            order = [None, *named.languages]
            here = order.index(self.language) if self.language in order else 0
            self.language = order[(here + 1) % len(order)]
            self._look()

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
