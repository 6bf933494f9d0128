"""Write the mail that belongs to a milestone, filled with what the order knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.actions.ordering import to_work_on
from mailcrm.actions.render_order import kept_page
from mailcrm.actions.reply import Reply
from mailcrm.domain.errors import RefusedByRule, UsageError
from mailcrm.domain.orders.gates import missing_before, refuse
from mailcrm.domain.orders.letters import IS_STEP, template_of, variables
from mailcrm.domain.orders.milestones import milestone
from mailcrm.domain.words import Sentence, say
from mailcrm.store.orders import OPEN, OrderFile
from mailcrm.store.papers import as_attachment

__all__ = ["COMMAND", "WriteOrder"]


@dataclass(frozen=True)
class WriteOrder:
    """Write the mail of milestone `step` of order `id`; `mode`, `at` and `attachments` as in a reply.

    `variables`: what the template asks and the order doesn't know, or what is to stand instead. The PI goes with the mail that sends it.
    """

    id: str
    step: str
    mode: str = "draft"
    at: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)
    attachments: Sequence[str] = ()

    verb: ClassVar[str] = "write_order"
    title: ClassVar[Sentence] = say("Write the mail of a milestone")
    help: ClassVar[Sentence] = say(
        "Write the customer the mail that belongs to a milestone, filled with what the order knows; some are the step themselves once they have left."
    )

    def handle(self, session: Session, situation: Situation) -> Done:
        """Write it; RefusedByRule for a step that is not to be told yet, and for an order without a mail to answer."""
        file = to_work_on(session, self.id)
        template = self._template(file, situation)
        known = variables(template, self.step, file.row.number, file.content, file.due)
        reply = Reply(
            f"t{file.thread_id}",
            template=template,
            variables={**known, **self.variables},
            attachments=(*self._pages(session, situation, file), *self.attachments),
            about=self._about(file),
            mode=self.mode,
            at=self.at,
        )
        return reply.handle(session, situation)

    def _template(self, file: OrderFile, situation: Situation) -> str:
        one = file.milestones.get(self.step)
        if one is None:
            raise UsageError(
                say("{name} is no milestone of this order.", name=self.step),
                say("They are: {names}.", names=", ".join(file.milestones)),
            )
        late = one.state == OPEN and one.due is not None and one.due < situation.today
        template = template_of(self.step, file.content, settled=one.state != OPEN, late=late)
        missing = missing_before(self.step, file.settled, file.content.requirements, order=file.id)
        if self.step in IS_STEP and missing:
            raise refuse(file.row.number, self.step, missing, file.id)
        if not template or file.thread_id is None:
            raise RefusedByRule(
                say("No mail belongs to this step: {step}.", step=milestone(self.step).title)
                if not template
                else say("{order} hangs on no mail that could be answered.", order=file.row.number),
                say("`mailcrm reply THREAD` writes any other."),
            )
        return template

    def _pages(self, session: Session, situation: Situation, file: OrderFile) -> tuple[str, ...]:
        """Return the proforma where it is what the mail sends."""
        if self.step != "pi_sent":
            return ()
        return (as_attachment(kept_page(session, situation, file, "proforma")),)

    def _about(self, file: OrderFile) -> str:
        told = file.milestones[self.step].state != OPEN
        return f"{file.id}:{self.step}:told" if told else f"{file.id}:{self.step}"

    undo = staticmethod(Reply.undo)


COMMAND = WriteOrder
