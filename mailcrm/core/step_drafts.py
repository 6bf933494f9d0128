"""Drafts of samples, quotes and orders: each mail that a step wants stands in the outbox the moment the step is made.

Room: core. In: what the sequences want. Out: drafts, each written once; one that a person threw away is not written again.
"""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from mailcrm.actions import Situation
from mailcrm.actions.draft import KeepDraft
from mailcrm.core.world import World
from mailcrm.domain.errors import MailcrmError
from mailcrm.outbox.prepare import Prepared, prepare
from mailcrm.records import Outgoing
from mailcrm.rules.sequences import StepDraft, wanted_drafts

__all__ = ["write_drafts"]

_ACTOR = "mailcrm"


def write_drafts(world: World, session: Session) -> None:
    """Write the drafts that are wanted and not there; in the transaction of what made the step."""
    for wanted in wanted_drafts(session, world.moment(session)):
        here = select(Outgoing.id).where(col(Outgoing.about) == wanted.about).limit(1)
        if session.exec(here).first() is None:
            _write(world, session, wanted)


def _write(world: World, session: Session, wanted: StepDraft) -> None:
    situation = replace(world.situation(session), actor=_ACTOR)
    draft = KeepDraft(
        f"t{wanted.thread_id}",
        template=wanted.template,
        variables=dict(wanted.variables),
        attachments=wanted.attachments,
        about=wanted.about,
    )
    try:
        mail = _prepared(session, draft, situation)
        if mail.missing and mail.missing.keys() <= mail.defaults.keys():  # the day of today, and the like
            draft = replace(draft, variables={**draft.variables, **mail.defaults})
            mail = _prepared(session, draft, situation)
        replace(draft, body=mail.body).handle(session, situation)
    except MailcrmError:
        return  # a template of the home's own is broken, or nobody can be written to: the step stands on the worklist all the same


def _prepared(session: Session, draft: KeepDraft, situation: Situation) -> Prepared:
    return prepare(session, draft, situation.templates, situation.ours, situation.policies.office, situation.now)
