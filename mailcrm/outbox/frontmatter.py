"""A template file: the block between two lines `---`, and the text below it.

    ---
    title: Holding reply
    title.zh: 暂复
    purpose: holding
    waits: yes
    reasons: price, factory, sample, documents, other
    ask estimate (moment): When will the customer have the full answer?
    ask.zh estimate: 完整答复什么时候给客户？
    ask valid_until (date) = today+30: Until which day are the prices valid?
    optional note: Anything to add?
    subject: Your inquiry about {{ product }}
    ---

Room: outbox. In: the text of a file. Out: a `TemplateSource`, or a TemplateError with file, line and mend. `ask` names a
variable that must be given, `optional` one that may be empty; the kind in brackets is text (where none stands), number,
date or moment. What stands behind = is already filled in where the rep is asked: a text, a number, for a date `today` or `today+30`.
`waits: yes`: we wait for an answer to such a mail. `title.zh` and `ask.zh` are for screens in that language. `subject` is for mails that answer nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from mailcrm.domain.errors import TemplateError
from mailcrm.domain.words import Sentence, say

__all__ = ["KINDS", "Question", "TemplateSource", "broken", "read_template"]

KINDS = ("text", "number", "date", "moment")

_RULE = "---"
_LINE = re.compile(
    r"(?P<key>title|purpose|waits|reasons|subject|ask|optional)(?:\.(?P<language>[a-z]{2}))?"
    r"(?:[ \t]+(?P<name>[a-z][a-z0-9_]{0,40}))?(?:[ \t]+\((?P<kind>[a-z]+)\))?"
    r"(?:[ \t]*=[ \t]*(?P<default>[^:]*?))?[ \t]*:[ \t]*(?P<value>.*)"
)
_DEFAULTS = {
    "text": re.compile(r".*"),
    "number": re.compile(r"\d+(?:\.\d+)?"),
    "date": re.compile(r"today(?:\+(\d{1,3}))?"),
}
_NAMED = frozenset({"ask", "optional"})
_WORD = re.compile(r"[a-z][a-z0-9_]*")
_LARGEST = 32_768


@dataclass(frozen=True, slots=True)
class Question:
    """A variable: what the rep is asked, by language of the screen, and of which kind the answer is."""

    name: str
    kind: str
    required: bool
    words: Mapping[str, str]
    default: str = ""

    def filled_in(self, today: date) -> str:
        """Return what the rep finds as the answer, "" where nothing is likely: a day is written out."""
        day = _DEFAULTS["date"].fullmatch(self.default) if self.kind == "date" else None
        return (today + timedelta(days=int(day[1] or 0))).isoformat() if day else self.default


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A template as it stands in its file. `body` starts with as many empty lines as the block had: lines stay true."""

    path: Path
    name: str
    language: str
    titles: Mapping[str, str]
    purpose: str
    reasons: tuple[str, ...]
    questions: tuple[Question, ...]
    subject: str
    subject_line: int
    body: str
    waits: bool = False


@dataclass(slots=True)
class _Block:
    """What has been read so far."""

    single: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, tuple[str, bool]] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    subject_line: int = 0


def broken(path: Path, line: int, what: Sentence, mend: Sentence) -> TemplateError:
    """Return the error for a mistake at `line` of a template file."""
    return TemplateError(say("{file}, line {line}: {what}", file=path, line=line, what=what), mend)


def read_template(path: Path, language: str) -> TemplateSource:
    """Read the file `<language>/<name>.txt.j2`."""
    try:
        octets = path.read_bytes()
        text = octets.decode("utf-8-sig")
    except OSError as error:
        raise TemplateError(
            say("The template {file} can't be read: {why}", file=path, why=error.strerror),
            say("Check that the file exists and belongs to you."),
        ) from error
    except UnicodeDecodeError as error:
        line = octets[: error.start].count(b"\n") + 1
        raise broken(
            path, line, say("these letters are not UTF-8."), say("Save the file again as UTF-8 in your editor.")
        ) from error
    if len(octets) > _LARGEST:
        raise broken(path, 1, say("the template is longer than 32 KB."), say("Shorten it, or attach a file instead."))
    return _parse(path, language, text.replace("\r\n", "\n"))


def _parse(path: Path, language: str, text: str) -> TemplateSource:
    lines = text.split("\n")
    if lines[0].rstrip() != _RULE or _RULE not in (line.rstrip() for line in lines[1:]):
        raise broken(
            path, 1, say("the block with the title is missing."), say("Begin with a line ---, then title: …, then ---.")
        )
    end = next(place for place, line in enumerate(lines) if place and line.rstrip() == _RULE)
    block = _Block()
    for place, line in enumerate(lines[1:end], start=2):
        if line.strip() and not line.startswith("#"):
            _take(path, place, line, block)
    if "en" not in block.titles:
        raise broken(path, 2, say("the title is missing."), say("Add a line like title: Holding reply."))
    questions = tuple(
        Question(name, kind, required, block.words[name], block.defaults.get(name, ""))
        for name, (kind, required) in block.kinds.items()
    )
    return TemplateSource(
        path=path,
        name=path.name.removesuffix(".txt.j2"),
        language=language,
        titles=block.titles,
        purpose=block.single.get("purpose", ""),
        reasons=tuple(word.strip() for word in block.single.get("reasons", "").split(",") if word.strip()),
        questions=questions,
        subject=block.single.get("subject", ""),
        subject_line=block.subject_line,
        body="\n" * (end + 1) + "\n".join(lines[end + 1 :]),
        waits=block.single.get("waits", "no") == "yes",
    )


def _take(path: Path, place: int, line: str, block: _Block) -> None:
    match = _LINE.fullmatch(line.rstrip())
    if match is None or bool(match["name"]) != (match["key"] in _NAMED) or (match["default"] and not match["name"]):
        raise broken(
            path,
            place,
            say("“{line}” is not understood.", line=line.strip()),
            say(
                "Known lines are title, purpose, waits, reasons, subject, ask NAME and optional NAME, each with a colon."
            ),
        )
    key, language, value = match["key"], match["language"] or "en", match["value"].strip()
    if key == "title":
        block.titles[language] = value
    elif key in _NAMED:
        _take_question(path, place, match, block)
    else:
        block.single[key] = value
        block.subject_line = place if key == "subject" else block.subject_line
    if key == "waits" and value not in ("yes", "no"):
        raise broken(
            path, place, say("waits is {value}.", value=value), say("Write waits: yes, or leave the line out.")
        )
    if key == "reasons" and not all(_WORD.fullmatch(word.strip()) for word in value.split(",")):
        raise broken(
            path, place, say("reasons are single words."), say("Write them in Latin letters: price, factory, other.")
        )


def _take_question(path: Path, place: int, match: re.Match[str], block: _Block) -> None:
    name, kind = match["name"], match["kind"] or "text"
    if kind not in KINDS:
        raise broken(
            path,
            place,
            say("“{kind}” is no kind of variable.", kind=kind),
            say("The kinds are text, number, date and moment."),
        )
    if match["language"] is None:
        block.kinds[name] = (kind, match["key"] == "ask")
    elif name not in block.kinds:
        raise broken(
            path,
            place,
            say("the variable {name} has no question in English.", name=name),
            say("Put a line like ask {name}: … above this one.", name=name),
        )
    block.words.setdefault(name, {})[match["language"] or "en"] = match["value"].strip()
    if default := match["default"]:
        _take_default(path, place, match, default, block)


def _take_default(path: Path, place: int, match: re.Match[str], default: str, block: _Block) -> None:
    fits = _DEFAULTS.get(match["kind"] or "text")
    if fits is None or match["language"] or not fits.fullmatch(default):
        raise broken(
            path,
            place,
            say("“{default}” can't be filled in for {name}.", default=default, name=match["name"]),
            say("Behind = stand a text, a number, or for a date today or today+30."),
        )
    block.defaults[match["name"]] = default
