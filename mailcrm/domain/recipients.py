"""Recipients as people write them: "Jan <jan@a.example>, b@b.example；c@c.example".

Room: domain. In: the text of a field. Out: its parts, and each as an `Address`. Nothing is refused here: what is no address yet is kept
as it was typed, and whoever writes the mail's header refuses it.
"""

from __future__ import annotations

import re

from mailcrm.domain.message import Address

__all__ = ["addresses", "around", "parts_of", "person_of", "written"]

_PART = re.compile(r'(?:"[^"]*"|[^,;，；、\n])+')
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_PARTING = re.compile(r'[,;，；、\n"<>]+')


def parts_of(text: str) -> tuple[str, ...]:
    """Return what stands between commas or semicolons, those of a Chinese keyboard too; a quoted name may hold them."""
    return tuple(part.strip() for part in _PART.findall(text) if part.strip())


def around(text: str, place: int) -> tuple[int, int]:
    """Return where the part begins and ends in which the cursor stands."""
    for part in _PART.finditer(text):
        if part.start() <= place <= part.end():
            return part.start(), part.end()
    return place, place


def person_of(part: str) -> Address:
    """Return one part as name and address; without angle brackets all of it is the address."""
    named = _NAMED.fullmatch(part.strip())
    if named is None:
        return Address("", part.strip())
    return Address(named["name"].strip().strip('"').strip(), named["address"].strip())


def written(person: Address) -> str:
    """Return "Jan de Vries <jan@a.example>": what `parts_of` takes for one part and `person_of` for this person."""
    name = " ".join(_PARTING.sub(" ", person.display_name).split())
    return f"{name} <{person.addr_spec}>" if name else person.addr_spec


def addresses(text: str) -> tuple[str, ...]:
    """Return the bare addresses of a field."""
    return tuple(person_of(part).addr_spec for part in parts_of(text))
