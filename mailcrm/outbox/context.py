"""The values that a template may write: what the program gives, what the rep was asked, each of its kind.

Room: outbox. In: a template's source, plain values (what is typed comes as text). Out: the context of one rendering.

Given by the program and never asked for (all may be missing): `GIVEN`. From contact_name, honorific and contact_language comes
`salutation`; our_zone and their_zone (IANA) decide how an instant is written, our_place and their_place name the cities.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from mailcrm.domain.errors import TemplateError
from mailcrm.domain.words import say
from mailcrm.outbox.frontmatter import Question, TemplateSource
from mailcrm.outbox.salutation import salutation
from mailcrm.outbox.sandbox import Value, Walled, names_and_lines

__all__ = ["GIVEN", "context_of", "pieces_of"]

GIVEN = frozenset(
    {
        *("salutation", "contact_name", "honorific", "contact_language", "company", "subject", "reason"),
        *("sender_name", "sender_company", "our_zone", "our_place", "their_zone", "their_place"),
    }
)

_LONGEST_VALUE = 100_000


def pieces_of(source: TemplateSource) -> tuple[Walled, ...]:
    """Return the text and, where there is one, the subject; both with true line numbers."""
    body = Walled(source.path, source.language, source.body)
    if not source.subject:
        return (body,)
    return body, Walled(source.path, source.language, "\n" * (source.subject_line - 1) + source.subject)


def context_of(source: TemplateSource, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return everything that the template may write; TemplateError names the value that can't be used.

    A required variable that is blank stays undefined, so that the line that wants it is named.
    """
    asked = {question.name: question for question in source.questions}
    used = names_and_lines(pieces_of(source))
    for name, value in values.items():
        if name not in asked and name not in GIVEN and name not in used:
            raise TemplateError(
                say("The template {template} has no variable {name}.", template=source.name, name=name),
                say("Its variables are: {names}.", names=", ".join(asked) or "–"),
            )
        _refuse_odd(source, name, value)
    given = {name: value for name, value in values.items() if not (name in asked and _is_blank(value))}
    context: dict[str, Value] = dict.fromkeys(GIVEN - {"salutation", "reason"}, "")
    context |= {name: "" for name, question in asked.items() if not question.required}
    context |= {name: _of_kind(source, asked[name], value) if name in asked else value for name, value in given.items()}
    known = [str(context[name]) for name in ("contact_name", "honorific", "contact_language")]
    context.setdefault("salutation", salutation(source.language, *known))
    _settle_reason(source, context)
    return context


def _is_blank(value: Value) -> bool:
    return isinstance(value, str) and not value.strip()


def _refuse_odd(source: TemplateSource, name: str, value: object) -> None:
    if not isinstance(value, (str, int, Decimal, date)) or (isinstance(value, str) and len(value) > _LONGEST_VALUE):
        raise TemplateError(
            say("The value of {name} can't be used in the template {template}.", name=name, template=source.name),
            say("Give a text of at most 100,000 letters, a number or a date."),
        )


def _of_kind(source: TemplateSource, question: Question, value: Value) -> Value:
    """Return `value` as the kind that the template asks for; what is typed comes as text."""
    try:
        typed: Value = value
        if question.kind == "number" and isinstance(value, str):
            typed = Decimal(value.strip())
        elif question.kind == "date" and isinstance(value, str):
            typed = date.fromisoformat(value.strip())
        elif question.kind == "moment" and isinstance(value, str):
            typed = datetime.fromisoformat(value.strip())
    except (ValueError, InvalidOperation):
        raise _wrong_kind(source, question, value) from None
    if question.kind == "moment" and not (isinstance(typed, datetime) and typed.tzinfo):
        raise _wrong_kind(source, question, value)
    return typed


def _wrong_kind(source: TemplateSource, question: Question, value: Value) -> TemplateError:
    mends = {
        "number": say("Write a number like 1250.50."),
        "date": say("Write the day like 2026-11-25."),
        "moment": say("Write the time with its zone, like 2026-11-25T17:00+08:00."),
    }
    return TemplateError(
        say(
            "“{value}” doesn't fit {name} of the template {template}.",
            value=value,
            name=question.name,
            template=source.name,
        ),
        mends[question.kind],
        question.name,
    )


def _settle_reason(source: TemplateSource, context: dict[str, Value]) -> None:
    """Take the last reason ("other") where none is given; refuse one that the template doesn't know."""
    if not source.reasons:
        return
    reason = context.get("reason") or source.reasons[-1]
    if reason not in source.reasons:
        raise TemplateError(
            say("The template {template} doesn't know the reason {reason}.", template=source.name, reason=reason),
            say("Reasons: {reasons}.", reasons=", ".join(source.reasons)),
        )
    context["reason"] = reason
