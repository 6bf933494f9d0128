"""Another customer's name in a reply: the slip of copying from the last mail.

Room: domain. In: what was typed, the names of other customers, all that was said on the thread. Out: the names that don't belong.
A company counts by its whole name without its legal form, a person by the whole name; a first or last name alone only where people
are addressed (in the salutation, behind Mr or Herr), since Santos is a port, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import takewhile

from mailcrm.domain.checks import KnownName
from mailcrm.domain.phrases import compile_phrases, fold

__all__ = ["strange_names"]

_SHORTEST, _SHORTEST_JOINED, _MOST, _SALUTATION, _FEW = 4, 3, 3, 60, 3
_LEGAL = re.compile(
    r"(?i)[\s,.(（]*(?:\b(?:co|company|ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|pvt|pte|pty|gmbh|mbh|ag|kg|ohg|ug|e\.?k|bv|b\.v|nv|n\.v|s\.?a|s\.?l|s\.?l\.?u|s\.?r\.?l|s\.?p\.?a"
    r"|s\.?a\.?r\.?l|s\.?a\.?s|ltda|lda|eireli|oy|ab|as|aps|kft|zrt|d\.?o\.?o|s\.?r\.?o|sp\.? z ?o\.?o|ооо|оао|зао|ип|a\.?[şs]|san|tic|ve|[şs]ti|sti|fzco|fze|est|sdn|bhd)\b|&"
    r"|有限责任公司|股份有限公司|有限公司|集团|公司|株式会社|有限会社|주식회사|\(주\)|㈜)[.)）\s&]*$"
)
_LEGAL_BEFORE = re.compile(r"^(?:株式会社|有限会社|주식회사|\(주\)|㈜|(?:ооо|оао|зао|ип)\s)\s*", re.IGNORECASE)
_JOINED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_ENDS = re.compile(r"[,，:：!！。?？;\n]|\.\s")
_ANY_WORD = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ORDINARY = (
    "asia best china city company delta east euro europe export exports first general global good group home house import imports industrial industries international"
    " light lighting machinery market metal north office orange paper plus point power price product products quality sale sales sample samples service services smart solution solutions south"
    " standard star steel super supply target team tech technology tools trade trading union united universal west white wood world admin contact info mail order orders purchase purchasing"
    " accounting buyer customer department director finance logistics manager procurement support"
)
_GREETINGS = (
    "dear; hi; hello; hey; greetings; good (morning|day|afternoon|evening); mr; mrs; ms; miss; dr; messrs; hola; estimad(o|a|os|as); querid(o|a|os|as); buenos días; buenas (tardes|noches); sr; sra; señor*"
    "; hallo; lieb(e|er|es); sehr geehrte*; guten (tag|morgen|abend); herr*; frau; bonjour; bonsoir; ch(er|ère|ers|ères); mme; madame; monsieur; olá; oi; prezad(o|a|os|as); car(o|a|i|e); bom dia; boa tarde; senhor*"
    "; gentile; gentilissim*; egregi*; buongiorno; buonasera; salve; ciao; sig; sigra; signor*; уважаем*; здравствуйте; добрый день; привет; господин; госпожа; merhaba; sayın; selam; bay; bayan"
    "; beste; geachte; dag; dhr; mevr; mevrouw; meneer; szanown*; witam; dzień dobry; cześć; pan; pani; السيد*; عزيز*; مرحبا; الأستاذ*; 尊敬的; 亲爱的; 您好; 你好"
)
_ORDINARY_WORDS, _ADDRESSED = frozenset(_ORDINARY.split()), compile_phrases(_GREETINGS.split("; "))


def strange_names(text: str, others: Iterable[KnownName], familiar: str, ours: Collection[str]) -> list[str]:
    """Return those of `others` that `text` names, at most three; none that occurs in `familiar` or is of `ours`.

    Of "Jan Nordwind" and "Nordwind" only the longer one is told.
    """
    read = _Read(text, familiar, ours)
    near = (one for one in others if read.may_name(one.name))
    names = (one.name for one in near if (read.names_person if one.person else read.names_company)(one.name))
    found = list(dict.fromkeys(names))
    folded = [fold(name) for name in found]
    longest = [name for name in found if not any(fold(name) in other and fold(name) != other for other in folded)]
    return longest[:_MOST]


class _Read:
    """A text that names are looked for in."""

    def __init__(self, text: str, familiar: str, ours: Collection[str]) -> None:
        self.text, self.folded = text, fold(text)
        self._words = set(_ANY_WORD.findall(self.folded))
        self.known = fold("\n".join([familiar, *ours]))
        self.salutation = fold(_salutation(text))
        self.addressed = {word for found in _ADDRESSED.finditer(self.folded) for word in self._next_words(found.end())}

    def may_name(self, name: str) -> bool:
        """Whether any word of `name` stands here: of ten thousand names most don't, and cost next to nothing."""
        if not name.isascii() and _JOINED.search(name):
            return True
        return not self._words.isdisjoint(_ANY_WORD.findall(fold(name)))

    def names_company(self, name: str) -> bool:
        """Whether the company's name stands here, written as a name."""
        core = _without_legal_form(name)
        if fold(core) in _ORDINARY_WORDS or not _long_enough(core):
            return False
        return self._stands(core)

    def names_person(self, name: str) -> bool:
        """Whether the person's whole name stands here, or a part of it where somebody is addressed."""
        words = [word for word in _WORD.findall(name) if fold(word) not in _ORDINARY_WORDS]
        if (
            words
            and (" " in name.strip() or _JOINED.search(name))
            and _long_enough(name)
            and self._stands(name.strip())
        ):
            return True
        parts = [word for word in words if len(word) >= _SHORTEST and not _JOINED.search(word)]
        if any(self._is_known(part) for part in parts):
            return False
        return any(fold(part) in self.addressed or _has_word(self.salutation, fold(part)) for part in parts)

    def _stands(self, name: str) -> bool:
        """Whether `name` stands here, written as a name."""
        folded = fold(name)
        if folded not in self.folded or self._is_known(name):
            return False
        return any(
            _is_written_as_name(self.text[place:])
            for place in _places(self.folded, folded, joined=bool(_JOINED.search(name)))
        )

    def _is_known(self, name: str) -> bool:
        folded = fold(name)
        return folded in self.known and bool(_places(self.known, folded, joined=bool(_JOINED.search(name))))

    def _next_words(self, place: int) -> list[str]:
        """Return the words that follow an address, as far as they are written as names."""
        called = _ENDS.split(self.text[place : place + _SALUTATION].lstrip(" ."))[0]
        return [fold(word) for word in takewhile(_is_written_as_name, _WORD.findall(called))][:_FEW]


def _salutation(text: str) -> str:
    """Return what stands before the first comma of a text, where it addresses somebody."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    head = _ENDS.split(line[:_SALUTATION])[0]
    addresses = _ADDRESSED.match(fold(head)) or (len(head.split()) <= _FEW and head != line)
    return head if addresses else ""


def _without_legal_form(name: str) -> str:
    core = _LEGAL_BEFORE.sub("", name.strip())
    while (shorter := _LEGAL.sub("", core)) != core and shorter:
        core = shorter
    return core.strip(" ,.-")


def _long_enough(name: str) -> bool:
    letters = sum(letter.isalnum() for letter in name)
    return letters >= (_SHORTEST_JOINED if _JOINED.search(name) else _SHORTEST)


def _is_written_as_name(text: str) -> bool:
    """Whether a word begins with a capital, a digit, or a letter of a script that has none."""
    return bool(text) and not text[0].islower()


def _has_word(folded: str, word: str) -> bool:
    return bool(_places(folded, word, joined=False))


def _places(folded: str, word: str, *, joined: bool) -> list[int]:
    """Return where `word` stands; as a whole word, unless it is of a script without spaces (`joined`)."""
    pattern = re.escape(word) if joined else rf"(?<!\w){re.escape(word)}(?!\w)"
    return [found.start() for found in re.finditer(pattern, folded)]
