"""What can be done with an inquiry, as forms of questions: the verbs of its page, the likeliest first.

Room: queries. `core.do(form.verb, **form.arguments, **answers)` does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlmodel import Session

from mailcrm.domain.quotes.inquiry import CHECKLIST
from mailcrm.domain.quotes.inquiry_words import item_typed
from mailcrm.domain.words import Sentence, say
from mailcrm.queries.outlook import Outlook
from mailcrm.queries.quote_forms import quote_form
from mailcrm.queries.rows import FormRow, InquiryRow

__all__ = ["forms_of", "new_form"]

_TEMPLATE = "inquiry_ask"
_DAY = say("On which day? (2026-12-01; empty: today)")
_WISHES: Mapping[str, Sentence] = {
    "items": say("What do they ask for? A line each: Ball valve DN50; sku=VB-50; quantity=500; target=USD 2.40"),
    "values__incoterm": say("Incoterm and place, such as CIF Hamburg"),
    "values__wanted_by": say("Wanted by when?"),
    "values__certificates": say("Which certificates?"),
    "values__packing": say("Which packing, with whose logo?"),
    "values__note": say("Anything to note?"),
}
_ANSWERS: Mapping[str, Sentence] = {f"answers__{topic}": question for topic, question in CHECKLIST.items()}
_FEASIBLE: Mapping[str, Sentence] = {
    "values__feasibility_asked": say("Who was asked whether we can make it?"),
    "values__feasibility_due": say("Until when are they to say so? (2026-12-01)"),
    "values__feasibility": say("Can we make it? What did they say?"),
}


def new_form(thread: str) -> FormRow:
    """Return what a new inquiry asks."""
    asked = {**_WISHES, **_ANSWERS}
    return FormRow("new_inquiry", say("Note an inquiry"), {"thread": thread}, asked, optional=tuple(asked))


def forms_of(session: Session, outlook: Outlook, shown: InquiryRow, *, asks: bool) -> tuple[FormRow, ...]:
    """Return what can be done now; `asks`: whether the mail that asks is still to be written."""
    known = {"id": shown.id}
    if shown.state != "open":
        return (FormRow("edit_inquiry", say("Take it up again"), {**known, "values": {"lost_reason": ""}}),)
    settled = [*_questions(known, shown, asks=asks)]
    quote = [_quote(session, outlook, shown)] if shown.thread_id else []
    return (
        *(settled + quote if shown.open is not None else quote + settled),
        _edit(known, shown),
        FormRow("edit_inquiry", say("It is lost"), known, {"values__lost_reason": say("Why was it lost?")}),
    )


def _questions(known: Mapping[str, object], shown: InquiryRow, *, asks: bool) -> Iterator[FormRow]:
    """Yield what becomes of the checklist: asked by a mail, answered, asked, refused."""
    if shown.ask and shown.thread_id and asks:
        about = f"{shown.id}:ask:{','.join(one.topic for one in shown.checklist if one.state == 'open')}"
        mail = {"thread": shown.thread_id, "template": _TEMPLATE, "variables": shown.ask, "about": about}
        yield FormRow("reply", say("Ask the customer what is missing: write the mail"), mail)
    yield _answered(known, shown)
    missing = [one.topic for one in shown.checklist if one.state == "open"]
    unknown = [one.topic for one in shown.checklist if one.state in ("open", "asked")]
    if missing:
        yield _marked(known, "asked", say("They were asked on a day"), missing)
    if unknown:
        yield _marked(known, "refused", say("They won't tell: refused"), unknown)


def _answered(known: Mapping[str, object], shown: InquiryRow) -> FormRow:
    asked = {**_ANSWERS, **_FEASIBLE, "on": _DAY}
    told = {f"answers__{one.topic}": one.text for one in shown.checklist if one.text}
    due = shown.feasibility.due
    told |= {
        "values__feasibility_asked": shown.feasibility.asked_of,
        "values__feasibility_due": due.isoformat() if due else "",
        "values__feasibility": shown.feasibility.answer,
    }
    filled = {name: value for name, value in told.items() if value}
    return FormRow("edit_inquiry", say("Fill in what they answered"), known, asked, filled, tuple(asked))


def _marked(known: Mapping[str, object], argument: str, title: Sentence, topics: list[str]) -> FormRow:
    asked = {argument: say("Which questions? ({topics})", topics=", ".join(topics)), "on": _DAY}
    filled = {argument: ", ".join(topics)}
    return FormRow("edit_inquiry", title, known, asked, filled, ("on",))


def _edit(known: Mapping[str, object], shown: InquiryRow) -> FormRow:
    """Return the form of what they ask for; what stands there as items takes the place of those that were noted."""
    filled = {
        "items": "\n".join(map(item_typed, shown.items)),
        "values__incoterm": shown.incoterm,
        "values__wanted_by": shown.wanted_by,
        "values__certificates": shown.certificates,
        "values__packing": shown.packing,
        "values__note": shown.note,
    }
    arguments = {**known, "without": tuple(range(1, len(shown.items) + 1))}
    told = {name: value for name, value in filled.items() if value}
    return FormRow("edit_inquiry", say("Change what they ask for"), arguments, _WISHES, told, tuple(_WISHES))


def _quote(session: Session, outlook: Outlook, shown: InquiryRow) -> FormRow:
    form = quote_form(session, outlook, thread=str(shown.thread_id))
    return replace(form, known={**form.known, "inquiry": shown.id})
