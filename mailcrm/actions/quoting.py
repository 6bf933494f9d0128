"""What the commands about quotes share: terms as a person types them, the state to work in, what a command shows.

Room: actions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from sqlmodel import Session, col, select

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.outbox import Status
from mailcrm.domain.quotes.carriage import carried, check_freight
from mailcrm.domain.quotes.content import QuoteContent
from mailcrm.domain.quotes.states import EDITABLE
from mailcrm.domain.quotes.typed import changed, parse_lines, with_lines, without_line
from mailcrm.domain.steps import Evidence
from mailcrm.domain.trade.rules import TradeRules
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Outgoing, QuoteRecord
from mailcrm.store.quotes import Cause, quote_evidence, quote_name, thread_of
from mailcrm.store.sellable import filled_in

__all__ = ["QuoteTerms", "by", "completed", "done", "evidence_of", "refuse_on_its_way", "to_edit"]

_ON_ITS_WAY = (Status.HELD, Status.QUEUED, Status.SENDING, Status.DEFERRED, Status.IN_DOUBT)
_NO_TERMS = ("lines", "drop_line", "inquiry", "container", "rate", "lcl")


@dataclass(frozen=True, kw_only=True)
class QuoteTerms:
    """What a quote says, in a person's words (`domain.quotes.typed`); None leaves it as it is, "" empties it.

    `lines`: one a line, "SKU,QTY,PRICE,moq=500"; `drop_line` takes away a line by its number. `inquiry` ("i3") has the customer's answers. `bank`: "registered" takes the registered block anew. `tooling` and
    `sample_fee`: "500; back after 10,000 pcs". `container` with its `rate`, or `lcl`, the rate of an m³ or ton, instead of `freight`: that of a
    piece is found from the cartons of each line.
    """

    lines: str | None = None
    drop_line: str = ""
    inquiry: str | None = None
    currency: str | None = None
    incoterm: str | None = None
    port_of_loading: str | None = None
    discount: str | None = None
    commission: str | None = None
    freight: str | None = None
    container: str | None = None
    rate: str | None = None
    lcl: str | None = None
    freight_until: str | None = None
    premium: str | None = None
    markup: str | None = None
    charges: str | None = None
    domestic: str | None = None
    payment: str | None = None
    lead_time: str | None = None
    lead_from: str | None = None
    tolerance: str | None = None
    warranty: str | None = None
    excluded: str | None = None
    valid_until: str | None = None
    tooling: str | None = None
    sample_fee: str | None = None
    entity: str | None = None
    bank: str | None = None
    customer: str | None = None
    attention: str | None = None
    remarks: str | None = None
    step: str | None = None

    def on(self, content: QuoteContent, day: date, rules: TradeRules) -> QuoteContent:
        """Return `content` with what these terms change."""
        given = {each.name: getattr(self, each.name) for each in fields(QuoteTerms) if each.name not in _NO_TERMS}
        if self.freight and (self.container or self.rate or self.lcl):
            raise UsageError(
                say("The freight is either given, or found from the cartons."),
                say("Leave out `--freight`, or else `--container`, `--rate` and `--lcl`."),
            )
        content = changed(content, given, day)
        content = carried(content, rules, container=self.container, rate=self.rate, lcl=self.lcl)
        if self.drop_line:
            content = without_line(content, self.drop_line)
        return with_lines(content, parse_lines(self.lines)) if self.lines else content


def completed(session: Session, content: QuoteContent) -> QuoteContent:
    """Return the content with what the house knows; UsageError where the freight of a line can't be found then."""
    content = filled_in(session, content)
    check_freight(content)
    return content


def to_edit(session: Session, row: QuoteRecord) -> None:
    """Refuse to change what the customer has, or is about to get."""
    if row.state not in EDITABLE:
        raise RefusedByRule(
            say("{quote} has left the house: it stays as it was sent.", quote=quote_name(row)),
            say("Write the next version: `mailcrm quote revise q{id}`.", id=row.id),
        )
    refuse_on_its_way(session, row)


def refuse_on_its_way(session: Session, row: QuoteRecord) -> None:
    """Refuse where a mail that carries the quote has neither left nor been stopped."""
    waiting = [state.value for state in _ON_ITS_WAY]
    about = select(Outgoing.id).where(col(Outgoing.about) == f"q{row.id}:send", col(Outgoing.state).in_(waiting))
    mail = session.exec(about).first()
    if mail is not None:
        raise RefusedByRule(
            say("{quote} is on its way to the customer.", quote=quote_name(row)),
            say("Stop it first: `mailcrm outbox cancel x{mail}`.", mail=mail),
        )


def evidence_of(row: QuoteRecord, mail: str = "", text: str = "") -> tuple[Evidence, ...]:
    """Return what shows a step: a mail ("m12"), a person's words, and else what the quote says."""
    told = [Evidence("message", mail)] if mail else []
    told += [Evidence("text", text.strip())] if text.strip() else []
    return tuple(told) or (quote_evidence(row),)


def by(situation: Situation, evidence: Sequence[Evidence], reason: Sentence | None = None) -> Cause:
    """Return that the one who acts takes a step now."""
    return Cause(situation.actor, situation.now, tuple(evidence), reason)


def done(session: Session, row: QuoteRecord, said: Sentence, before: Mapping[str, object] | None = None) -> Done:
    """Return what a command about a quote gives back: the quote as it is now."""
    thread = thread_of(session, row)
    after = {"quote": row.id, "state": row.state}
    return Done(said, thread, frozenset(), ("quote", {"id": f"q{row.id}"}), before, after)
