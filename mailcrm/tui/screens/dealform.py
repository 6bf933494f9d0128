"""A verb of a sample, a quote or an order as a form: answered, looked at where something leaves the house, and done.

Room: tui. In: an `Errand`: a `FormRow`, and what is done afterwards. Out: the verb with its answers; the `Outcome`, or None where the person went back. What the core can't use
is told beside its question, and nothing that was typed is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Input

from mailcrm.domain.errors import MailcrmError
from mailcrm.domain.words import _
from mailcrm.queries.rows import FormRow, ThreadRow
from mailcrm.tui.answers import arguments_of, blamed, on_page, takes_path
from mailcrm.tui.keys import ASK_KEYS, FORM_KEYS
from mailcrm.tui.screens.base import MailScreen
from mailcrm.tui.screens.choice import DIGITS, ChoiceScreen
from mailcrm.tui.screens.questions import QuestionsScreen
from mailcrm.tui.widgets import safe
from mailcrm.tui.widgets.bars import joined
from mailcrm.tui.widgets.paths import PathNames
from mailcrm.tui.widgets.remark import Remark

if TYPE_CHECKING:
    from mailcrm.core.facade import Outcome
    from mailcrm.tui.app import MailcrmApp

__all__ = ["DealForm", "Errand", "begin_form"]

WIDE = 90
_MAILS = ("mail", "evidence")
AIRY = 7  # so many questions have an empty line between them


@dataclass(frozen=True, slots=True)
class Errand:
    """A verb to be done; `then` gets the outcome. `thread`: the conversation whose mails may be named.

    `lines`: the arguments whose answer may have several lines. `about`: what is told before it leaves the house. `first`: the question to
    begin with, "" for the first that has no answer.
    """

    form: FormRow
    then: Callable[[Outcome], None]
    thread: str | None = None
    lines: Collection[str] = ("lines", "items")
    about: Sequence[str] = ()
    first: str = ""


class DealForm(QuestionsScreen):
    """The form of a verb. It does the verb itself."""

    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-slim"), (WIDE, "-wide")]  # noqa: RUF012  (Textual's own declaration)
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in FORM_KEYS]
    AUTO_FOCUS = ""  # it would scroll before anything lies where it will
    help_keys = (ASK_KEYS, FORM_KEYS)

    def __init__(self, errand: Errand) -> None:
        form = errand.form
        super().__init__(str(form.title), {name: str(asked) for name, asked in form.questions.items()}, form.known)
        self.errand = errand
        self.form = form
        self.optional = form.optional
        self._busy = False

    def compose(self) -> ComposeResult:
        """Build the form."""
        with Vertical(classes="box airy" if len(self.questions) <= AIRY else "box"):
            yield safe.Prose(lambda: safe.block(self.form.title, "bold"), classes="title")
            with VerticalScroll(id="asked", can_focus=False):
                yield from self.fields()
            yield safe.Prose(self._help, id="help")
            yield Remark()
            yield safe.Line(self._keys, classes="keys")

    def fields(self) -> ComposeResult:
        """Build a question and a field for each argument: one line, or several where the answer may have them."""
        for name in self.questions:
            with Container(classes="ask lines" if self._takes_lines(name) else "ask"):
                yield safe.Prose(lambda name=name: self._question(name), classes="question")  # type: ignore[misc]
                known = self.known.get(name, "")
                if self._takes_lines(name):
                    yield safe.Writing(known, id=f"v-{name}")
                else:
                    yield self._field(name, known)

    def _takes_lines(self, name: str) -> bool:
        return name in self.errand.lines or name.endswith("_lines")

    def _field(self, name: str, known: str) -> safe.Field:
        field = safe.Field(known, id=f"v-{name}")
        field.placeholder = _("(may stay empty)") if name in self.optional else ""
        if choices := self.form.choices.get(name):
            field.suggester = SuggestFromList(choices, case_sensitive=False)
        elif takes_path(name):
            field.suggester = PathNames()
        return field

    def begin(self) -> None:
        """Start in the first field that is empty."""
        empty = next((name for name, answer in self.answers.items() if not answer), next(iter(self.questions)))
        first = self.errand.first if self.errand.first in self.questions else empty
        self.query_one(f"#v-{first}").focus(scroll_visible=False)

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: self._typed(name).strip() for name in self.questions}

    def _typed(self, name: str) -> str:
        field = self.query_one(f"#v-{name}")
        return field.text if isinstance(field, safe.Writing) else str(getattr(field, "value", ""))

    @property
    def _asked(self) -> str:
        """The argument whose field the cursor is in."""
        return (self.focused.id or "").removeprefix("v-") if self.focused is not None else ""

    @property
    def thread_id(self) -> str | None:
        """The conversation whose mails may be named."""
        return self.errand.thread

    # Words ------------------------------------------------------------------------------------------------------

    def on_descendant_focus(self) -> None:
        """Say what the field takes, and let its question be seen."""
        self.query_one("#help").refresh(layout=True)
        asked = self.focused.parent if self.focused is not None else None
        if isinstance(asked, Container):
            self.call_after_refresh(self._let_see, asked)

    def _let_see(self, asked: Container) -> None:
        scroller = self.query_one("#asked", VerticalScroll)
        scroller.scroll_to_widget(asked, animate=False, force=True, immediate=True)

    def _help(self) -> Content:
        """Return what helps in this field."""
        name = self._asked
        if choices := self.form.choices.get(name):
            words = _("{key} chooses among: {choices}", key=self._key("form.choose"), choices=" · ".join(choices))
        elif name in _MAILS and self.errand.thread:
            words = _("{key} shows the mails of the conversation.", key=self._key("form.choose"))
        elif takes_path(name):
            words = _("The name of a file, such as ~/photo.jpg; → completes it.")
        elif self._takes_lines(name):
            words = _("As many lines as you like; {key} does it.", key=self._key("form.done"))
        else:
            words = ""
        return safe.block(words, "$text-muted")

    def _question(self, variable: str) -> Content:
        """Return the question, and what is wrong with its answer; that it may have none stands in the field."""
        asked = safe.block(self.questions[variable])
        if variable in self.wrong:
            return Content.assemble(asked, "  ", safe.block(self.wrong[variable], "$text-error"))
        return asked

    def _key(self, id: str) -> str:  # noqa: A002  (the id of a binding)
        return self.house.key_name(id)

    def _keys(self, width: int) -> Content:
        leaves = _("{key} looks at it before it leaves", key=self._key("form.done"))
        does = leaves if self.form.outward else _("{key} does it", key=self._key("form.done"))
        told = [_("Enter goes on"), does, _("{key} goes back", key=self._key("ask.leave"))]
        return joined([(words, "$text-muted") for words in told], width)

    # Answering --------------------------------------------------------------------------------------------------

    def action_choose(self) -> None:
        """Choose the answer where there are a few that it takes."""
        name = self._asked
        if choices := self.form.choices.get(name):
            self._choose(name, [(choice, choice) for choice in choices])
        elif name in _MAILS and self.errand.thread:
            self.ask("thread", lambda thread: self._choose_mail(name, thread), id=self.errand.thread)

    def _choose_mail(self, name: str, thread: ThreadRow) -> None:
        newest = list(reversed(thread.messages))[:DIGITS]
        told = [(mail.id, f"{mail.from_.name or mail.from_.address}: {mail.gist or mail.subject}") for mail in newest]
        self._choose(name, told)

    def _choose(self, name: str, lines: Sequence[tuple[str, str]]) -> None:
        def chosen(value: str | None) -> None:
            if value is not None:
                self.query_one(f"#v-{name}", safe.Field).put(value)
                self.focus_next(".ask *")

        self.app.push_screen(ChoiceScreen(self.questions[name], lines, self.answers[name]), chosen)

    def go_on(self, field: Input) -> None:
        """Go on to the next field; in the last, do it."""
        if field.id == f"v-{list(self.questions)[-1]}":
            self.action_done()
        else:
            self.focus_next(".ask *")

    def action_done(self) -> None:
        """Do it, where every answer is there."""
        answers = self.answers
        wrong = {name: _("an answer is needed") for name in answers if not answers[name] and name not in self.optional}
        self.tell(wrong)
        if not wrong:
            self.finish(answers)

    def finish(self, answers: Mapping[str, str]) -> None:
        """Do it; where something leaves the house, after a look."""
        given = {name: value for name, value in answers.items() if value or self.form.known.get(name)}
        if not self._busy:
            self._busy = True
            _perform(self.house, replace(self.errand, then=self._done), given, self._refused, self._not_now)

    def _not_now(self) -> None:
        self._busy = False

    def _done(self, outcome: Outcome) -> None:
        self._busy = False
        if self.is_attached:
            self.dismiss(None)
        self.errand.then(outcome)

    def _refused(self, refused: MailcrmError) -> None:
        self._busy, error = False, on_page(refused)
        if not self.is_attached:
            self.house.tell_error(error)
            return
        name = blamed(error, self.answers)
        self.tell({name: str(error)} if name else {})
        words = "" if name else str(error)
        self.query_one(Remark).say(words, wrong=bool(words))


def begin_form(screen: MailScreen[Any], errand: Errand) -> None:
    """Ask what the verb needs and do it; where it needs nothing, do it at once, after a look where it leaves the house."""
    errand = replace(errand, thread=errand.thread or screen.thread_id)
    if errand.form.questions:
        screen.app.push_screen(DealForm(errand))
    else:
        _perform(screen.house, errand, {}, lambda error: screen.house.tell_error(on_page(error)), lambda: None)


def _perform(
    house: MailcrmApp,
    errand: Errand,
    given: Mapping[str, str],
    otherwise: Callable[[MailcrmError], None],
    not_now: Callable[[], None],
) -> None:
    """Do the verb with these answers."""
    form = errand.form

    arguments = arguments_of(given)

    def do() -> None:
        house.do(form.verb, errand.then, otherwise, **form.arguments, **arguments)

    def look(seen: bool | MailcrmError | None) -> None:
        if isinstance(seen, MailcrmError):
            otherwise(seen)
        elif seen:
            do()
        else:
            not_now()

    if form.outward:
        from mailcrm.tui.screens.lookfirst import LookFirst

        house.push_screen(LookFirst(form, arguments, errand.about), look)
    else:
        do()
