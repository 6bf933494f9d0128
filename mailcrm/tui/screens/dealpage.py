"""The page of a sample, a quote, an order or an inquiry: how it stands, what can be done, what is known, kept and missing, and what happened.

Room: tui. In: `PageRow` of `sample_page`, `quote_page`, `order_page` or `inquiry_page`. Out: forms by their digit or Enter, kept files, the mails that
show a step. Narrow windows have one list, wide ones two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from mailcrm.domain.words import _
from mailcrm.queries.rows import EvidenceRow, FormRow, OutboxRow, PageRow, PaperRow, ThreadRow
from mailcrm.tui.boardlines import next_words, place_words, who_words
from mailcrm.tui.deallines import (
    INQUIRY_VERBS,
    DealLine,
    did_lines,
    fact_lines,
    form_lines,
    paper_lines,
    ready_lines,
    state_words,
)
from mailcrm.tui.deals import NOUNS, noun_of
from mailcrm.tui.keys import APP_KEYS, DEAL_KEYS, LIST_KEYS
from mailcrm.tui.screens.dealform import Errand, begin_form
from mailcrm.tui.screens.dealing import DealingVerbs
from mailcrm.tui.screens.twolists import TwoLists
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.rowlist import GUTTER, RowList

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome

__all__ = ["DealScreen"]

_HINTS = ("app.explain", "app.undo", "app.back")


class DealScreen(TwoLists[DealLine], DealingVerbs):
    """A page; `noun`: "sample", "quote", "order" or "inquiry"; `id`: its id or number."""

    LISTS = ("now", "past")
    HEADS = ("head", "who-line", "facts")
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in DEAL_KEYS]
    hints = (*(key for key in (*LIST_KEYS, *DEAL_KEYS) if key.label), *(key for key in APP_KEYS if key.id in _HINTS))
    help_keys = (DEAL_KEYS, LIST_KEYS)

    def __init__(self, noun: str, id: str) -> None:  # noqa: A002  (as everywhere)
        super().__init__()
        self.noun = NOUNS[noun]
        self.about = id
        self.page: PageRow | None = None

    def compose(self) -> ComposeResult:
        """Build the screen."""
        yield safe.Line(self._head, id="head")
        yield safe.Line(self._who, id="who-line")
        yield safe.Line(self._next, id="facts")
        yield from self.lists_below()
        yield self.bars()

    @property
    def thread_id(self) -> str | None:
        """The thread that it is about."""
        return self.page.card.thread_id if self.page else None

    # Asking -----------------------------------------------------------------------------------------------------

    def renew(self) -> None:
        """Ask for the page."""
        self.ask(f"{self.noun.name}_page", self._arrived, self.missing, id=self.about)

    def _arrived(self, page: PageRow) -> None:
        self.page, self.problem = page, None
        self.lay_out()

    # Painting ---------------------------------------------------------------------------------------------------

    def _head(self, width: int) -> Content:
        if self.page is None:
            return self.nothing_yet(width)
        card = self.page.card
        state = state_words(self.noun.name, card.state)
        parts = ((card.number, "$text-primary bold"), (f"  {state}", "$text-accent bold"), (f"  {card.title}", "$text"))
        return safe.line(*parts, width=width)

    def _who(self, width: int) -> Content:
        if self.page is None:
            return safe.line("")
        card = self.page.card
        told = (who_words(card), place_words(card), card.contact if card.company else "", card.amount, card.owner)
        return joined(
            [(part, "$text" if place == 0 else "$text-muted") for place, part in enumerate(told) if part], width
        )

    def _next(self, width: int) -> Content:
        if self.page is None:
            return safe.line("")
        return joined(next_words(self.page.card, self.house.core.now(), self.zone(), width), width)

    def lay_out(self) -> None:
        """Make the lines anew."""
        self.show_lines(*self._lines(*self.lists))

    def _lines(self, now: RowList[DealLine], past: RowList[DealLine]) -> tuple[list[DealLine], list[DealLine]]:
        page, at, zone, key = self.page, self.house.core.now(), self.zone(), self.house.key_name
        if page is None:
            return [], []
        room = max(now.scrollable_content_region.width - GUTTER, 20)
        beside = max(past.scrollable_content_region.width - GUTTER, 20) if self.is_wide else room
        first = [*ready_lines(page, key("deal.write")), *form_lines(page), *fact_lines(page, room, key("deal.inquiry"))]
        second = [*paper_lines(page, beside, zone, at), *did_lines(page, self.noun.name, beside, zone, at)]
        return (first, second) if self.is_wide else ([*first, *second], [])

    # Verbs ------------------------------------------------------------------------------------------------------

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Do the verb, look at the file, or open the mail."""
        event.stop()
        line = self.line
        if line is None:
            return
        if line.form is not None:
            self._begin(line.form, line.asked)
        elif line.verb in INQUIRY_VERBS:
            self.action_inquiry()
        elif line.paper is not None:
            self.action_open()
        elif line.mail is not None:
            self._evidence(line.mail)
        elif line.ready is not None:
            self._write(line.ready.thread_id, line.ready.id)
        elif line.ref:
            self._to_page_of(line.ref)

    def _evidence(self, evidence: EvidenceRow) -> None:
        if evidence.kind == "message":
            self.ask("thread", lambda thread: self._to_mail(thread, evidence.ref), id=evidence.ref)
        elif evidence.kind == "outgoing":
            self.ask("outbox_item", self._to_ours, id=evidence.ref)
        elif evidence.kind == "paper":
            self.lists[1 if self.is_wide else 0].place(evidence.ref)

    def _to_mail(self, thread: ThreadRow, message: str) -> None:
        from mailcrm.tui.screens.thread import Found, ThreadScreen

        self.app.push_screen(ThreadScreen(thread.id, found=Found(message, lambda _text: ())))

    def _to_ours(self, row: OutboxRow) -> None:
        from mailcrm.tui.screens.thread import ThreadScreen

        if row.thread_id is not None:
            self.app.push_screen(ThreadScreen(row.thread_id))

    def action_form(self, number: int) -> None:
        """Do what stands behind this digit."""
        if self.page is not None and number <= len(self.page.forms):
            self._begin(self.page.forms[number - 1])

    def _begin(self, form: FormRow, asked: str = "") -> None:
        assert self.page is not None  # noqa: S101  (its forms are those of a page)
        card = self.page.card
        about = " · ".join(filter(None, (card.number, who_words(card), card.title, card.amount)))
        begin_form(self, Errand(form, self._did, about=(about,), first=asked))

    def _did(self, outcome: Outcome) -> None:
        """Go on with what was made: a draft is looked at, another sample, quote, order or inquiry has a page of its own."""
        if not self.is_attached:
            return
        self.renew()
        mail, made = outcome.mail, str(getattr(outcome.row, "id", ""))
        if mail is not None and mail.state == "draft" and mail.thread_id is not None:
            self._write(mail.thread_id, mail.id)
        elif noun_of(made) and self.page is not None and made != self.page.card.id:
            self._to_page_of(made)

    def _write(self, thread: str, draft: str) -> None:
        from mailcrm.tui.screens.composer import ComposerScreen

        self.app.push_screen(ComposerScreen(thread, resumed=draft))

    def action_write(self) -> None:
        """Look at the mail that stands ready, and send it from there."""
        if self.page is not None and self.page.mails:
            self._write(self.page.mails[0].thread_id, self.page.mails[0].id)
        else:
            safe.toast(self.app, _("No mail stands ready here."), "warning")

    def _to_page_of(self, ref: str) -> None:
        if noun := noun_of(ref):
            self.to_page(noun.name, ref)

    def one(self) -> str | None:
        """Return the thread that it is about; None, and a word about it, where there is none."""
        if self.thread_id is None:
            safe.toast(self.app, _("No conversation belongs to it."), "warning")
        return self.thread_id

    def action_inquiry(self) -> None:
        """Open the inquiry behind it; where there is none, note one."""
        if self.page is None or self.noun.name == "inquiry":
            return
        refs = [fact.ref for section in self.page.sections for fact in section.facts if fact.ref.startswith("i")]
        if refs:
            self._to_page_of(refs[0])
        else:
            super().action_inquiry()

    def action_other(self) -> None:
        """Go to the other list; where there is one only, to the next part of it."""
        now, past = self.lists
        if past.display:
            (now if past.has_focus else past).focus()
            return
        here = next((number for number, line in enumerate(now.items) if line.key == now.key), 0)
        parts = [number for number, line in enumerate(now.items) if line.part]
        ahead = next((number for number in parts if number > here), None)
        if ahead is None:
            now.action_first()
        else:
            now.place(next((line.key for line in now.items[ahead:] if line.key), now.key))

    def action_thread(self) -> None:
        """Open the conversation."""
        from mailcrm.tui.screens.thread import ThreadScreen

        if thread := self.one():
            self.app.push_screen(ThreadScreen(thread))

    # Kept files -------------------------------------------------------------------------------------------------

    def _paper(self) -> PaperRow | None:
        """Return the file under the cursor; None, and a word about it, where there is none."""
        paper = self.line.paper if self.line else None
        if paper is None:
            safe.toast(self.app, _("Go to a kept file first: this is none."), "warning")
        return paper

    def action_open(self) -> None:
        """Show the file with the system's own program, if it is harmless."""
        if paper := self._paper():
            self.house.do("open_paper", id=paper.id)

    def action_save(self) -> None:
        """Ask where to save the file."""
        if paper := self._paper():
            self.ask("downloads", lambda directory: self._save(paper, directory))

    def _save(self, paper: PaperRow, directory: str) -> None:
        from mailcrm.tui.screens.questions import QuestionsScreen

        question = {"to": _("Into which directory? Nothing that is there is overwritten.")}
        form = QuestionsScreen(_("Save {name}", name=paper.filename), question, {"to": directory})

        def told(answers: dict[str, str] | None) -> None:
            if answers:
                self.house.do("save_paper", id=paper.id, to=answers["to"])

        self.app.push_screen(form, told)  # type: ignore[arg-type]
