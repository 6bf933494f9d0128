"""The first line of a mail: how the customer is addressed.

Room: outbox. In: what is known of a contact (display name, honorific; both may be missing or nonsense), the language of the mail and
the one that the contact speaks. Out: a polite opening in the language of the mail. Nobody is ever called None, by an address, or by a
department's mailbox. Germans, Japanese and Koreans are addressed by title and surname in whatever language: it is never wrong.
"""

from __future__ import annotations

from mailcrm.domain.person_name import PersonName, read_name
from mailcrm.outbox.replying import clean_text

__all__ = ["salutation"]

_NOBODY = {
    "en": "Dear Sir or Madam,",
    "zh": "您好：",
    "es": "Estimados señores:",
    "de": "Sehr geehrte Damen und Herren,",
    "fr": "Madame, Monsieur,",
    "pt": "Prezados senhores,",
    "ru": "Добрый день!",
}
_BY_NAME = {
    "en": "Dear {name},",
    "zh": "{name}，您好：",
    "es": "Estimado/a {name}:",
    "de": "Guten Tag {name},",
    "fr": "Bonjour {name},",
    "pt": "Prezado(a) {name},",
    "ru": "Здравствуйте, {name}!",
}
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
    "de": {
        "mr": "Sehr geehrter Herr {name},",
        "ms": "Sehr geehrte Frau {name},",
        "mrs": "Sehr geehrte Frau {name},",
        "dr": "Guten Tag Dr. {name},",
    },
    "fr": {
        "mr": "Bonjour Monsieur {name},",
        "ms": "Bonjour Madame {name},",
        "mrs": "Bonjour Madame {name},",
        "dr": "Bonjour Dr {name},",
    },
    "pt": {
        "mr": "Prezado Sr. {name},",
        "ms": "Prezada Sra. {name},",
        "mrs": "Prezada Sra. {name},",
        "dr": "Prezado(a) Dr(a). {name},",
    },
    "ru": {
        "mr": "Уважаемый господин {name}!",
        "ms": "Уважаемая госпожа {name}!",
        "mrs": "Уважаемая госпожа {name}!",
        "dr": "Здравствуйте, доктор {name}!",
    },
}
_FORMAL = {("en", "ja"): "Dear {name}-san,"}
"""By surname where the title isn't known: (language of the mail, language of the contact)."""
_EITHER = {
    "en": "Dear Mr/Ms {name},",
    "zh": "{name}先生/女士，您好：",
    "es": "Estimado/a Sr./Sra. {name}:",
    "de": "Sehr geehrte/r Frau/Herr {name},",
    "fr": "Bonjour Madame/Monsieur {name},",
    "pt": "Prezado(a) Sr(a). {name},",
    "ru": "Уважаемый господин / уважаемая госпожа {name}!",
}
_TITLE_ALWAYS = frozenset({"de", "ja", "ko"})


def salutation(language: str, name: str = "", honorific: str = "", speaks: str = "") -> str:
    """Return the opening for a contact who speaks `speaks` ("": the language of the mail); without a usable name that for a house."""
    known = language if language in _NOBODY else "en"
    speaks = speaks or known
    person = read_name(clean_text(name), speaks, honorific)
    if person is None:
        return _NOBODY[known]
    if person.title:
        return _TITLED[known][person.title].format(name=_spoken(person, known))
    if speaks in _TITLE_ALWAYS and person.surname:
        pattern = _FORMAL.get((known, speaks), _EITHER[known])
        return pattern.format(name=person.surname)
    return _BY_NAME[known].format(name=person.full)


def _spoken(person: PersonName, language: str) -> str:
    """Return what stands behind a title: the surname; in Chinese a name that is written as one stays whole."""
    whole = language == "zh" and " " not in person.full
    return person.full if whole else person.surname or person.full
