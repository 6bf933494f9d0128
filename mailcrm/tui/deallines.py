"""The page of a sample, a quote or an order as lines to choose from.

Room: tui. In: `PageRow`, now, the zone to speak in, the room in cells. Out: `DealLine`s: what can be done, the facts, the kept files,
and what happened, the newest last. A line carries what Enter does on it. What is missing has a sign and a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rich.cells import cell_len

from mailcrm.domain.orders import milestones
from mailcrm.domain.quotes.inquiry import INQUIRY_STATE_WORDS
from mailcrm.domain.quotes.states import QUOTE_STATE_WORDS, QuoteState
from mailcrm.domain.samples.states import STATE_WORDS, SampleState
from mailcrm.domain.text import printable_block, printable_line
from mailcrm.domain.words import Sentence, _
from mailcrm.queries.rows import EvidenceRow, FactRow, FormRow, PageRow, PaperRow, ReadyMailRow, StepRow
from mailcrm.tui.conversation import size_words
from mailcrm.tui.times import moment
from mailcrm.tui.widgets.cells import fit, wrap
from mailcrm.tui.widgets.rowlist import Span

__all__ = [
    "INQUIRY_VERBS",
    "DealLine",
    "did_lines",
    "fact_lines",
    "form_lines",
    "paper_lines",
    "ready_lines",
    "state_words",
]

OPEN_SIGN, LEAVES_SIGN = "○ ", "›"
LABEL = 30
WHO = 10
DIGITS = 9
INQUIRY_VERBS = ("new_inquiry", "edit_inquiry")
_STATES: Mapping[str, Callable[[str], Sentence]] = {
    "sample": lambda state: STATE_WORDS[SampleState(state)],
    "quote": lambda state: QUOTE_STATE_WORDS[QuoteState(state)],
    "order": milestones.state_words,
    "inquiry": INQUIRY_STATE_WORDS.__getitem__,
}


@dataclass(frozen=True, slots=True)
class DealLine:
    """A line; "" as key: the cursor passes over it. Enter does the form, shows the file, opens the mail, or what `ref` names.

    `ready`: a mail that waits to be looked at and sent. `verb` and `asked`: what it mends, and in which field. `part`: a heading.
    """

    key: str = ""
    spans: Sequence[Span] = ()
    form: FormRow | None = None
    paper: PaperRow | None = None
    mail: EvidenceRow | None = None
    ready: ReadyMailRow | None = None
    ref: str = ""
    verb: str = ""
    asked: str = ""
    part: bool = False


def state_words(noun: str, state: str) -> Sentence:
    """Return what a state is called for people."""
    return _STATES[noun](state)


def _heading(words: str, more: str = "") -> DealLine:
    return DealLine(spans=((words, "heading"), (f"  {more}" if more else "", "muted")), part=True)


def ready_lines(page: PageRow, key: str) -> list[DealLine]:
    """Return the mails that are written and wait for a person; `key` opens the first."""
    if not page.mails:
        return []
    lines = [_heading(_("Mail that stands ready"), _("{key} looks at it and sends it", key=key))]
    for mail in page.mails:
        spans = (("✎ ", "accent"), (mail.subject, "strong"), (f"  › {mail.to}", "muted"))
        lines.append(DealLine(f"ready.{mail.id}", spans, ready=mail))
    return [*lines, DealLine()]


def form_lines(page: PageRow) -> list[DealLine]:
    """Return what can be done, each with its digit; what leaves the house has a sign and the words."""
    if not page.forms:
        return [DealLine(spans=((_("Nothing can be done here any more."), "muted"),)), DealLine()]
    lines = [_heading(_("What can be done"))]
    for number, form in enumerate(page.forms, 1):
        digit = f"{number} " if number <= DIGITS else "  "
        leaves = f"  {LEAVES_SIGN} " + _("leaves the house") if form.outward else ""
        spans = ((digit, "accent"), (str(form.title), "strong" if number == 1 else ""), (leaves, "warn"))
        lines.append(DealLine(f"form.{number}", spans, form=form))
    return [*lines, DealLine()]


def fact_lines(page: PageRow, width: int, inquiry: str = "") -> list[DealLine]:
    """Return the sections, each fact wrapped to so many cells; a label too long for its column has lines of its own.

    `inquiry`: the key that opens the inquiry.
    """
    facts = [fact for part in page.sections for fact in part.facts]
    most = min(LABEL, max(width * 2 // 5, 8))
    labels = [cell_len(printable_line(str(fact.label))) for fact in facts]
    label = max((size for size in labels if size < most), default=0) + 2
    lines: list[DealLine] = []
    for place, section in enumerate(page.sections):
        missing = sum(fact.open_ for fact in section.facts)
        lines.append(_heading(str(section.title), _("missing: {count}", count=missing) if missing else ""))
        for number, fact in enumerate(section.facts):
            lines.extend(_fact(f"fact.{place}.{number}", *_mended(page, fact, inquiry), label, width))
        lines.append(DealLine())
    return lines


def _mended(page: PageRow, fact: FactRow, inquiry: str) -> tuple[FactRow, FormRow | None]:
    """Return a fact with the form that mends it, which its words name by the digit then; the inquiry has a page of its own, and a key."""
    if fact.verb in INQUIRY_VERBS:
        return replace(fact, value=_("{key} opens the inquiry: note the answer there, or ask.", key=inquiry)), None
    for number, form in enumerate(page.forms, 1):
        if fact.verb == form.verb:
            asked = form.questions.get(fact.asked, form.title)
            return replace(fact, value=_("{digit} {verb}: {asked}", digit=number, verb=form.title, asked=asked)), form
    return fact, None


def _fact(key: str, fact: FactRow, form: FormRow | None, label: int, width: int) -> Iterator[DealLine]:
    sign, name = (OPEN_SIGN if fact.open_ else "  ", "warn"), printable_line(str(fact.label))
    value = fact.value or (_("missing") if fact.open_ else "–")
    look = "warn" if fact.open_ else "" if fact.value else "muted"
    first_line = DealLine(key, form=form, ref=fact.ref, verb=fact.verb, asked=fact.asked)
    beside = cell_len(name) < label
    indent = len(OPEN_SIGN) + (label if beside else len(OPEN_SIGN))
    told = wrap(printable_block(value), max(width - indent, 8))
    if beside:
        opens = ("  ›", "accent") if fact.ref else ("", "")
        yield replace(first_line, spans=(sign, (fit(name, label), "muted"), (told[0], look), opens))
    else:
        first, *more = wrap(name, max(width - len(OPEN_SIGN), 8))
        yield replace(first_line, spans=(sign, (first, "muted")))
        yield from (DealLine(spans=(("  ", ""), (line, "muted"))) for line in more)
    for line in told[1:] if beside else told:
        yield DealLine(spans=((" " * indent, ""), (line, look)))


def paper_lines(page: PageRow, width: int, zone: str, now: datetime) -> list[DealLine]:
    """Return the kept files: name, size, since when, until when it holds."""
    if not page.papers:
        return []
    lines = [_heading(_("Kept files"))]
    for paper in page.papers:
        name = fit(printable_line(paper.filename), max(min(width - 26, 44), 14))
        about = f"{size_words(paper.size):>8}  {moment(paper.at, zone, now)}"
        lines.append(DealLine(paper.id, ((f"@ {name}", "strong"), (about, "muted")), paper=paper))
        lines.extend(DealLine(spans=(("  ", ""), part)) for part in _of_paper(paper, now))
    return [*lines, DealLine()]


def _of_paper(paper: PaperRow, now: datetime) -> Iterator[Span]:
    if paper.valid_until is not None:
        day, over = paper.valid_until.isoformat(), paper.valid_until < now.date()
        words = _("! was valid until {day}", day=day) if over else _("valid until {day}", day=day)
        yield words, "warn" if over else "muted"
    if paper.note:
        yield paper.note, "muted"


def did_lines(page: PageRow, noun: str, width: int, zone: str, now: datetime) -> list[DealLine]:
    """Return the history, newest last: when, who, what it became, why, and what shows it."""
    lines = [_heading(_("What happened"))]
    moments = [moment(step.at, zone, now) for step in page.history]
    when = max(map(cell_len, moments), default=0)
    who = min(max((cell_len(printable_line(step.actor)) for step in page.history), default=0), WHO)
    files = {paper.id: paper.filename for paper in page.papers}
    for number, (at, step) in enumerate(zip(moments, page.history, strict=True)):
        front: tuple[Span, ...] = (
            (f"{fit(at, when)}  ", "muted"),
            (f"{fit(printable_line(step.actor), who)}  ", "accent"),
        )
        lines.extend(_step(f"step.{number}", step, str(state_words(noun, step.to)), front, width, files))
    return lines


def _step(
    key: str, step: StepRow, what: str, front: tuple[Span, ...], width: int, files: Mapping[str, str]
) -> Iterator[DealLine]:
    """Yield the lines of a step, behind when and who; Enter on it opens the first mail or file that shows it."""
    indent = sum(cell_len(text) for text, _look in front)
    room = max(width - indent, 12)
    shown = [evidence for evidence in step.evidence if evidence.kind != "text"]
    spans: list[Span] = [*front, (what, "strong")]
    beside = bool(shown) and cell_len(f"{what}  {_shown_by(shown[0], files)}") <= room
    look = "muted" if shown and shown[0].kind == "content" else "accent"
    spans += [(f"  {_shown_by(shown[0], files)}", look)] if beside else []
    yield DealLine(key, spans, mail=shown[0] if shown else None)
    told = [(str(step.reason), "muted")] if step.reason else []
    told += [(_("“{words}”", words=evidence.ref), "") for evidence in step.evidence if evidence.kind == "text"]
    for text, tone in told:
        for line in wrap(printable_block(text), room):
            yield DealLine(spans=((" " * indent, ""), (line, tone)))
    for place, evidence in enumerate(shown[1:] if beside else shown):
        yield DealLine(f"{key}.{place}", ((" " * indent, ""), (_shown_by(evidence, files), "accent")), mail=evidence)


def _shown_by(evidence: EvidenceRow, files: Mapping[str, str]) -> str:
    known = {
        "message": _("» mail {id}", id=evidence.ref),
        "outgoing": _("« our mail {id}", id=evidence.ref),
        "content": _("sealed as {digits}", digits=evidence.brief),
        "paper": f"@ {files.get(evidence.ref, evidence.ref)}",
    }
    return known.get(evidence.kind, evidence.brief)
