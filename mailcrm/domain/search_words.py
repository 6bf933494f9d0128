"""The words of the search index: what is written down of a mail, and how a text is cut for it.

Room: domain. In: text as it stands in a mail. Out: index text, which is cut at whatever is no letter and no digit.

- Letters are folded: small, without accents, full-width ones made plain. What SQLite folds likewise stays as it is.
- Chinese, Japanese and Korean are written without spaces, so each run of their letters becomes overlapping pairs, after all
  other words: `第2批请付款` is `2 批请 请付 付款`. Two letters or more are found as a row of pairs, wherever in a run they stand.
- A single letter is found by a mark, once for each mail that holds it. (As the beginning of a pair, or the end of a run, it
  would mean joining hundreds of lists: a hundred times slower, and slower the more mail there is.)
- Marks are words that no text holds, since they begin with a letter for private use. Writers and recipients stand there once
  more, so that `from:` and `to:` find in one step, and that there are files, or the inquiry of somebody else than the sender.

An index made by other rules isn't found in by these: whoever changes them writes a migration that makes the index anew.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable

from mailcrm.domain.patterns import lazy_pattern

__all__ = ["FILES", "FROM", "GAP", "INQUIRY", "LETTER", "TO", "cut", "mail_index_text", "pairs", "words"]

LETTER, FROM, TO, FILES, INQUIRY, GAP = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
_MARKS = LETTER + FROM + TO + FILES + INQUIRY + GAP
_LONGEST = 400_000  # letters of a body: a logbook that somebody pasted isn't looked up by its last words

_CJK = "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
_CJK += (
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97c\uac00-\ud7a3\uf900-\ufa6d\ufa70-\ufad9\uff66-\uff9f\U00020000-\U0003fffd"
)
# One letter and then more of them: where a pattern begins with a repetition, `re` looks for it at every place four times as long.
_RUN = lazy_pattern(f"([{_CJK}][{_CJK}]*)")
_BEFORE_CJK = bytes([*range(0xE3), *range(0xF1, 0x100)])
# What stands most often between words, and letters that SQLite folds likewise, are left as they are.
_BETWEEN = "\u2010-\u2029\u202f-\u205e\u3000-\u3004\u3008-\u3020\uff01-\uff0f\uff1a-\uff20"
_LATIN = "\xc0-\xd7\xd9-\xde\xe0-\xf7\xf9-\u010f\u0112-\u0130\u0134-\u013e\u0143-\u0148\u014a-\u017e"
_CYRILLIC = "\u0410-\u0418\u041a-\u0438\u043a-\u044f"
_HOME = f"\0-\xa0{_BETWEEN}{_LATIN}{_CYRILLIC}"
_FOREIGN = lazy_pattern(f"[^{_HOME}][^{_HOME}]*")
_WORD = re.compile(f"[{_MARKS}]?[^\\W_]+|[{_MARKS}]")
_ASCII_WORDS = "".join(char.lower() if char.isalnum() else " " for char in map(chr, range(0x80)))
_UNFOLDED = lazy_pattern(f"[^\0-\x7f{_CJK}{_MARKS}][^\0-\x7f{_CJK}{_MARKS}]*")
_SPELLINGS = {"ø": "o", "ł": "l", "đ": "d", "ı": "i"}  # letters that Unicode doesn't take apart


class _Folding(dict[int, str]):
    """Letter → what it is looked up by, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", chr(code)).casefold()).casefold()
        found = self[code] = "".join(map(_plain, letters)).lower()
        return found


def _plain(char: str) -> str:
    """Return a letter or digit; "" for what is only put onto one (accents, soft hyphens), a space for all that parts words."""
    if char.isalnum():
        return _SPELLINGS.get(char, char)
    return "" if unicodedata.combining(char) or unicodedata.category(char) == "Cf" else " "


_FOLDING = _Folding()


def _fold_run(found: re.Match[str]) -> str:
    return found[0].translate(_FOLDING)


def cut(text: str) -> tuple[str, str]:
    """Return the words of `text`, and its runs of Chinese, Japanese or Korean letters with spaces between them."""
    if text.isascii():
        return text, ""
    # UTF-8 begins their letters with octets from E3 on; to strike out all others costs a tenth of a pattern that finds none.
    if not text.encode("utf-8", "replace").translate(None, _BEFORE_CJK):
        return _FOREIGN.sub(_fold_run, text), ""
    pieces = _RUN.split(text)
    return _FOREIGN.sub(_fold_run, " ".join(pieces[::2])), unicodedata.normalize("NFKC", " ".join(pieces[1::2]))


def pairs(runs: str) -> str:
    """Return the overlapping pairs of letters in each of the runs: of "请付款 谢谢" 请付, 付款 and 谢谢."""
    # Every letter, the one after it and a space side by side, as UTF-32: letter by letter it would cost four times as much.
    letters = array("I", f" {runs} ".encode("utf-32-le"))
    beside = array("I", [0x20]) * (3 * len(letters))
    beside[0::3] = letters
    beside[1:-3:3] = letters[1:]
    # Between two runs it now reads "付款 款   谢 谢谢": the lone ones aren't pairs.
    return "  ".join([run[2:-2] for run in beside.tobytes().decode("utf-32-le").split("   ")])


def words(text: str) -> list[str]:
    """Return the words of an index text, cut and folded as SQLite's unicode61 does it."""
    if text.isascii():
        return text.translate(_ASCII_WORDS).split()
    return _WORD.findall(_UNFOLDED.sub(_fold_run, text).lower())


def mail_index_text(
    *,
    subject: str,
    writers: Iterable[tuple[str, ...]],
    recipients: Iterable[tuple[str, ...]],
    files: Iterable[str],
    attached: bool,
    inquiry: bool,
    body: str,
) -> str:
    """Return all that a mail is found by, from its fields as they are stored; people are (name, address).

    `writers`: who wrote it and who is to be answered; `inquiry`: a platform passed it on. The body goes in with what it quotes: the
    mail that is quoted may never have come to this mailbox. No phrase reaches from a field into the next.
    """
    who, to = _people(writers), _people(recipients)
    fields = [who, to, cut(subject), cut(" ".join(files)), cut(body[:_LONGEST])]
    runs = " ".join([runs for _plain, runs in fields if runs])
    marks = [_marked(FROM, who), _marked(TO, to), FILES if attached else "", INQUIRY if inquiry else ""]
    text = [" ".join(filter(None, marks)), *(plain for plain, _runs in fields)]
    if runs:
        text += [pairs(runs), _each_marked(LETTER, dict.fromkeys(runs.replace(" ", "")))]
    return f" {GAP} ".join(text)


def _people(people: Iterable[tuple[str, ...]]) -> tuple[str, str]:
    return cut(" ".join(map(" ".join, dict.fromkeys(people))))


def _marked(mark: str, field: tuple[str, str]) -> str:
    plain, runs = field
    found = words(plain)
    if runs:
        found += [*words(pairs(runs)), *dict.fromkeys(runs.replace(" ", ""))]
    return _each_marked(mark, found)


def _each_marked(mark: str, found: Iterable[str]) -> str:
    marked = f" {mark}".join(found)
    return mark + marked if marked else ""
