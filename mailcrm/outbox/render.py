"""Mail templates: which there are, what they ask, and the text that they make.

Room: outbox. In: directories of `<language>/<name>.txt.j2` (the home's own first, then the packaged ones), plain values. Out:
subject and body of a mail. The files are read at each use, so an edited template works at once.

Given by the program and never asked for: `context.GIVEN`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import mailcrm
from mailcrm.domain.errors import NotFound, TemplateError
from mailcrm.domain.words import Sentence, active_language, say
from mailcrm.outbox.context import GIVEN, context_of, pieces_of
from mailcrm.outbox.frontmatter import Question, TemplateSource, read_template
from mailcrm.outbox.sandbox import Value, names_and_lines

__all__ = ["GIVEN", "Problem", "Rendered", "TemplateInfo", "TemplateStore", "Value", "packaged_templates"]

FALLBACK_LANGUAGE = "en"

_SUFFIX = ".txt.j2"
_NUDGE = "nudge"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,60}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_GAP = re.compile(r"\n{3,}")
_SAMPLES: dict[str, Value] = {
    "text": "Sample text",
    "number": Decimal("12.50"),
    "date": date(2026, 11, 25),
    "moment": datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
}
_SAMPLE_CONTEXT: dict[str, Value] = {
    "contact_name": "Anna Berg",
    "our_zone": "Asia/Shanghai",
    "their_zone": "Europe/Berlin",
    "sender_name": "Li Lei",
}


@dataclass(frozen=True, slots=True)
class TemplateInfo:
    """A template as a picker shows it; title and questions come in the language of the moment.

    `waits`: we wait for an answer to such a mail; one of purpose `nudge` reminds of an earlier mail of ours.
    """

    name: str
    language: str
    purpose: str
    titles: Mapping[str, str]
    questions: tuple[Question, ...]
    reasons: tuple[str, ...]
    path: Path
    waits: bool = False

    @property
    def title(self) -> str:
        """The title for the screen."""
        return _worded(self.titles)

    @property
    def variables(self) -> dict[str, str]:
        """Every variable that is asked for, with the question; required ones first."""
        return {
            asked.name: _worded(asked.words) for asked in sorted(self.questions, key=lambda asked: not asked.required)
        }

    def filled_in(self, today: date, wanted: Collection[str]) -> dict[str, str]:
        """Return what the rep finds as the answers to those `wanted` variables for which one is likely."""
        found = {asked.name: asked.filled_in(today) for asked in self.questions if asked.name in wanted}
        return {name: answer for name, answer in found.items() if answer}

    @property
    def is_nudge(self) -> bool:
        """Whether it reminds of an earlier mail of ours."""
        return self.purpose == _NUDGE

    @property
    def required(self) -> frozenset[str]:
        """The variables without which the mail can't be written."""
        return frozenset(asked.name for asked in self.questions if asked.required)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's text. `subject` is None where the template leaves it to the reply."""

    subject: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a template file; `variable` is "" where it isn't about one."""

    file: Path
    line: int
    variable: str
    sentence: Sentence


def packaged_templates() -> Path:
    """Return the directory of the shipped templates: inside an installed package, or beside it in a checkout."""
    package = Path(mailcrm.__file__).parent
    installed = package / "_data" / "templates"
    return installed if installed.is_dir() else package.parent / "templates"


class TemplateStore:
    """The templates of `paths`, the first directory first; a missing directory holds none."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)

    def list(self) -> tuple[TemplateInfo, ...]:
        """Return every readable template by name and language; `check` tells of the others."""
        known = []
        for (_name, language), path in sorted(self._files().items()):
            try:
                known.append(_info(read_template(path, language)))
            except TemplateError:
                continue
        return tuple(known)

    def info(self, name: str, language: str) -> TemplateInfo:
        """Return one template; NotFound names those that exist."""
        return _info(self._source(name, language))

    def is_nudge(self, name: str | None) -> bool:
        """Whether the template `name` reminds of an earlier mail of ours; NotFound for one that doesn't exist."""
        return name is not None and self.info(name, self.language_for(name, ())).is_nudge

    def language_for(self, name: str, wanted: Iterable[str]) -> str:
        """Return the first of the `wanted` languages ("es", "zh-CN" …) that `name` exists in, else English, else any."""
        there = sorted(language for known, language in self._files() if known == name)
        if not there:
            raise self._unknown(name, "")
        asked = [tag.replace("_", "-").partition("-")[0].lower() for tag in wanted]
        return next((language for language in (*asked, FALLBACK_LANGUAGE) if language in there), there[0])

    def missing(self, name: str, language: str, values: Mapping[str, Value]) -> tuple[str, ...]:
        """Return the variables that must still be asked for, in the order of the template's block."""
        source = self._source(name, language)
        used = names_and_lines(pieces_of(source))
        asked = {question.name: question.required for question in source.questions}
        unasked = [variable for variable in used if variable not in asked and variable not in GIVEN]
        return tuple(
            variable
            for variable in (*(known for known, required in asked.items() if required), *unasked)
            if variable not in values or values[variable] == ""
        )

    def render(self, name: str, language: str, values: Mapping[str, Value]) -> Rendered:
        """Return the mail's text; TemplateError names file, line, variable and the mend."""
        source = self._source(name, language)
        context = context_of(source, values)
        body, *subjects = (piece.render(context) for piece in pieces_of(source))
        tidy = "\n".join(line.rstrip() for line in body.split("\n"))
        return Rendered(" ".join(subjects[0].split()) if subjects else None, _GAP.sub("\n\n", tidy).strip("\n") + "\n")

    def check(self) -> tuple[Problem, ...]:
        """Render every template with sample data; return what is wrong, each undefined variable by name."""
        problems: list[Problem] = []
        for (_name, language), path in sorted(self._files().items()):
            try:
                problems.extend(_problems(read_template(path, language)))
            except TemplateError as error:
                problems.append(_problem(path, error))
        return tuple(problems)

    def _files(self) -> dict[tuple[str, str], Path]:
        files: dict[tuple[str, str], Path] = {}
        for directory in self._paths:
            for path in sorted(directory.glob(f"*/*{_SUFFIX}")):
                name, language = path.name.removesuffix(_SUFFIX), path.parent.name
                if _NAME.fullmatch(name) and _LANGUAGE.fullmatch(language):
                    files.setdefault((name, language), path)
        return files

    def _source(self, name: str, language: str) -> TemplateSource:
        path = self._files().get((name, language))
        if path is None:
            raise self._unknown(name, language)
        return read_template(path, language)

    def _unknown(self, name: str, language: str) -> NotFound:
        there = sorted(known for other, known in self._files() if other == name)
        if there and language:
            return NotFound(
                say("The template {name} doesn't exist in the language {language}.", name=name, language=language),
                say("It exists in: {languages}.", languages=", ".join(there)),
            )
        names = sorted({known for known, _language in self._files()})
        return NotFound(
            say("There is no template {name}.", name=name), say("Templates: {names}.", names=", ".join(names))
        )


def _info(source: TemplateSource) -> TemplateInfo:
    return TemplateInfo(
        source.name,
        source.language,
        source.purpose,
        source.titles,
        source.questions,
        source.reasons,
        source.path,
        source.waits,
    )


def _worded(words: Mapping[str, str]) -> str:
    return words.get(active_language()) or words["en"]


def _problems(source: TemplateSource) -> Iterable[Problem]:
    pieces = pieces_of(source)
    asked = {question.name for question in source.questions}
    undefined = {name: line for name, line in names_and_lines(pieces).items() if name not in asked | GIVEN}
    for name, line in undefined.items():
        yield Problem(
            source.path, line, name, say("Nobody is asked for {name}: add a line “ask {name}: …”.", name=name)
        )
    samples = dict(_SAMPLE_CONTEXT)
    samples |= {question.name: _SAMPLES[question.kind] for question in source.questions}
    samples |= dict.fromkeys(undefined, "sample")
    for reason in source.reasons or ("",):
        context = context_of(source, samples | ({"reason": reason} if reason else {}))
        for piece in pieces:
            try:
                piece.render(context)
            except TemplateError as error:
                yield _problem(source.path, error)


def _problem(path: Path, error: TemplateError) -> Problem:
    line = error.sentence.values.get("line", 1)
    return Problem(path, line if isinstance(line, int) else 1, "", error.sentence)
