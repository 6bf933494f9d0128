"""Tag: sort a company or a contact by words of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlmodel import Session

from mailcrm.actions.command import Done, Situation
from mailcrm.domain.errors import NotFound, UsageError
from mailcrm.domain.tags import checked_tag
from mailcrm.domain.words import Sentence, say
from mailcrm.records import Company, Contact
from mailcrm.store.finding import is_contact, number
from mailcrm.store.tags import set_tags, tags_of

__all__ = ["COMMAND", "Tag"]


@dataclass(frozen=True)
class Tag:
    """Give company "o5" or contact "c7" the tags of `add` and take those of `remove` from it; no clock is touched."""

    id: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    verb: ClassVar[str] = "tag"
    title: ClassVar[Sentence] = say("Tag the customer")
    help: ClassVar[Sentence] = say("Give a company or a contact words to sort it by; `tag:` finds its mail.")

    def handle(self, session: Session, situation: Situation) -> Done:
        """Change the tags; NotFound for one that is to go and isn't there."""
        del situation
        if not self.add and not self.remove:
            raise UsageError(
                say("Nothing to change."), say("Say which tags: `+importer` adds one, `-old` takes one away.")
            )
        party = _party(session, self.id)
        had = tags_of(session, party)
        gone = {checked_tag(tag) for tag in self.remove}
        for tag in sorted(gone - set(had)):
            raise NotFound(
                say("It has no tag {tag}.", tag=tag), say("Its tags are: {tags}.", tags=", ".join(had) or say("none"))
            )
        set_tags(session, party, ({*had} - gone) | {checked_tag(tag) for tag in self.add})
        query = "contact" if is_contact(self.id) else "company"
        return Done(say("Tags changed."), None, frozenset(), (query, {"id": self.id}), {"id": self.id, "tags": had})

    @staticmethod
    def undo(session: Session, before: Mapping[str, Any], situation: Situation) -> frozenset[int]:
        """Give the party its earlier tags."""
        del situation
        set_tags(session, _party(session, before["id"]), before["tags"])
        return frozenset()


def _party(session: Session, given: str) -> Company | Contact:
    if is_contact(given):
        return session.get_one(Contact, number(given, "c", "contact"))
    return session.get_one(Company, number(given, "o", "company"))


COMMAND = Tag
