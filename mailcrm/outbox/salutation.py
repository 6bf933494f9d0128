"""The first line of a mail: how the customer is addressed.

Room: outbox. In: what is known of a contact (display name, honorific; both may be missing or nonsense). Out: a polite
opening in the language of the mail. Nobody is ever called None, by an address, or by a department's mailbox.
"""

from __future__ import annotations

import re

from mailcrm.outbox.replying import clean_text

__all__ = ["salutation"]

_NOBODY = {"en": "Dear Sir or Madam,", "zh": "您好：", "es": "Estimados señores:"}
_BY_NAME = {"en": "Dear {name},", "zh": "{name}，您好：", "es": "Estimado/a {name}:"}
_TITLED = {
    "en": {"mr": "Dear Mr {name},", "ms": "Dear Ms {name},", "mrs": "Dear Mrs {name},", "dr": "Dear Dr {name},"},
    "zh": {
        "mr": "{name}先生，您好：",
        "ms": "{name}女士，您好：",
        "mrs": "{name}女士，您好：",
        "dr": "{name}博士，您好：",
    },
    "es": {
        "mr": "Estimado Sr. {name}:",
        "ms": "Estimada Sra. {name}:",
        "mrs": "Estimada Sra. {name}:",
        "dr": "Estimado/a Dr(a). {name}:",
    },
}
_TITLES = {
    "mr": ("mr", "herr", "sr", "señor", "m", "monsieur", "sig", "先生"),
    "ms": ("ms", "miss", "frau", "sra", "srta", "señora", "señorita", "mme", "女士", "小姐"),
    "mrs": ("mrs",),
    "dr": ("dr", "dra", "doctor", "博士"),
}
_NOT_A_NAME = re.compile(r"none|null|n/?a|unknown|undefined|nobody|no[-_. ]?reply|[\W\d_]*", re.IGNORECASE)
_MAILBOX = re.compile(
    r"(?:info|sales|office|contact|admin|purchas(?:e|ing)|import|export|orders?|accounts?|service|support|mail)",
    re.IGNORECASE,
)
_LONGEST_NAME = 80


def salutation(language: str, name: str = "", honorific: str = "") -> str:
    """Return the opening for a contact; without a usable name the one for a whole house."""
    known = language if language in _NOBODY else "en"
    person = _person(name)
    if not person:
        return _NOBODY[known]
    title = honorific.strip().rstrip(".").lower()
    for key, written in _TITLES.items():
        if title in written:
            return _TITLED[known][key].format(name=person)
    return _BY_NAME[known].format(name=person)


def _person(name: str) -> str:
    """Return the name as it is spoken to, "" where it is none. "Berg, Thomas" is how Outlook sorts Thomas Berg."""
    plain = " ".join(clean_text(name).split()).strip("'\" ")
    family, comma, given = plain.partition(", ")
    if comma and "," not in given:
        plain = f"{given} {family}"
    if "@" in plain or len(plain) > _LONGEST_NAME or _NOT_A_NAME.fullmatch(plain) or _MAILBOX.fullmatch(plain):
        return ""
    return plain
