"""Phrases found by their anchors beside all of them tried as one pattern: the two must find the same at the same places."""

from __future__ import annotations

import csv
import re
import time
import unicodedata
from collections.abc import Hashable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.anchors import Mark, anchors_of
from mailcrm.domain.phrasebook import Phrasebook, Phrases, matches, where
from mailcrm.domain.phrases import compile_phrases, fold
from mailcrm.domain.pieces import pieces_of
from mailcrm.domain.promise_words import ANSWERS, NONE, PROMISES, SOON
from mailcrm.domain.purposes.reading import LANGUAGES
from mailcrm.domain.said import Said

HERE = Path(__file__).parent
TABLES: dict[str, dict[Hashable, str]] = {
    code: {**table.PHRASES, "faults": table.FAULTS, "buyer": table.BUYER, "promises": PROMISES.get(code, "")}
    for code, table in LANGUAGES.items()
} | {"any": {"none": NONE, "answers": ANSWERS, "soon": SOON}}


def texts_of(name: str) -> list[str]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [
            one["text"].replace("\\n", "\n") for one in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


TEXTS = [text for name in ("sentences.tsv", "roles.tsv", "countries.tsv") for text in texts_of(name)]


@cache
def book(code: str) -> Phrasebook[Hashable]:
    return Phrasebook(TABLES[code])


@cache
def plain(code: str, group: Hashable) -> re.Pattern[str]:
    return compile_phrases(TABLES[code][group].split("; "))


def found_by_anchors(code: str, text: str) -> dict[Hashable, list[tuple[int, int]]]:
    said = Said(text)
    candidates = book(code).candidates(said)
    return {group: [one.span() for one in matches(candidates.of(group), said)] for group in TABLES[code]}


def found_plainly(code: str, text: str) -> dict[Hashable, list[tuple[int, int]]]:
    folded = fold(text)
    return {group: [one.span() for one in plain(code, group).finditer(folded)] for group in TABLES[code]}


@pytest.mark.parametrize("code", TABLES)
def test_the_same_is_found_in_every_sentence(code: str) -> None:
    whole = "\n".join(TEXTS)
    for text in [*TEXTS, *(whole[place : place + 3_000] for place in range(0, len(whole), 3_000))]:
        assert found_by_anchors(code, text) == found_plainly(code, text), text


# Words of all sentences in any order, with marks, line ends and no space at all between them.
WORDS = sorted(
    {word for text in TEXTS for word in text.split()} | {word for text in TEXTS for word in re.findall(r"\w+", text)}
)
MIXTURES = st.lists(
    st.tuples(
        st.sampled_from(WORDS), st.sampled_from((" ", " ", " ", "  ", "\n", "\n\n", "", ". ", "-", "'", "/", "，"))
    ),
    max_size=40,
).map(lambda parts: "".join(word + space for word, space in parts))
CUTS = st.tuples(st.sampled_from(TEXTS), st.sampled_from(TEXTS), st.integers(0, 80), st.integers(0, 80)).map(
    lambda cut: cut[0][cut[2] :] + cut[1][: cut[3]]
)


@given(st.sampled_from(sorted(TABLES)), MIXTURES | CUTS | CUTS.map(str.upper) | st.text(max_size=80))
def test_the_same_is_found_in_any_mixture(code: str, text: str) -> None:
    assert found_by_anchors(code, text) == found_plainly(code, text)


# Short phrases of every form that the tables know, and texts of their letters.
FORMS = st.lists(
    st.sampled_from(
        ("ab", "abcde", "b*", "abcd*", "(ab|abcde)", "(ab |b)?", "(ab|b)?", " ", " ", "…", "a?", "b's", "[ab]", "[ -]?", r"\\d+", r"\\w+ ", "报价", "(报|价)", "们?", "(?!a)", "(?<!b)", r"\\b", "(ab ){0,2}", "(abcde|报价) ", "-", "é")
    ).map(lambda form: form.replace("\\\\", "\\")),
    min_size=1,
    max_size=6,
).map(lambda forms: " ".join("".join(forms).split()))  # fmt: skip


@given(
    st.lists(FORMS.filter(lambda one: compile_phrases([one]).match("") is None), min_size=1, max_size=3),
    st.text(alphabet="aabbcde  -'1报价们é.\n", max_size=60),
)
def test_the_same_is_found_by_phrases_of_any_form(phrases: list[str], text: str) -> None:
    said = Said(text)
    found = matches(Phrases("; ".join(phrases)).candidates(said), said)
    assert [one.span() for one in found] == [one.span() for one in compile_phrases(phrases).finditer(said.folded)]


@given(st.sampled_from(sorted(TABLES)), MIXTURES | CUTS)
def test_the_pieces_in_which_phrases_stand(code: str, text: str) -> None:
    said = Said(text)
    pieces = list(pieces_of(said.folded, re.compile(r"[.!?。\n]")))
    for group in TABLES[code]:
        inside = {number for number, piece in enumerate(pieces) if plain(code, group).search(said.folded, *piece)}
        assert where(book(code).candidates(said).of(group), said, pieces) == inside


@pytest.mark.parametrize(
    ("phrase", "anchors"),
    [
        ("we claim", [{"we"}, {("we", "claim")}]),
        ("complain*", [{"comp"}]),
        ("complaint", [{"complaint"}]),
        ("(goods|pcs) … (is|are) wet", [{"goods", "pcs"}, {"is", "are"}, {("is", "wet"), ("are", "wet")}]),
        ("(the )?order", [{"order", ("the", "order")}]),
        ("(re)?order", [{"reorder", "order"}]),
        ("price[ -]?list", [{"pricelist", ("price", "list")}]),
        (r"\d+ instead", [{"instead"}]),
        (r"\w+instead", [{"…instead"}]),
        ("ha*", []),
        ("报价单", [{"报价单"}]),
        ("(报|价)错", [{"报", "价"}, {"错"}]),
        ("don't (?!worry)ship", [{"don"}, {("don", "t")}, {("t", "ship")}]),
    ],
)
def test_what_a_phrase_hangs_on(phrase: str, anchors: list[set[Mark]]) -> None:
    apart = phrase < "\u0530"
    assert [set(one) for one in anchors_of(phrase, at_word=apart, whole_words=apart, ends_word=apart)] == anchors


@given(st.text(max_size=60) | MIXTURES)
def test_folding_goes_letter_by_letter(text: str) -> None:
    one_line = text.replace("\n", " ")
    assert fold(one_line) == "".join(map(fold, one_line))
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("letter", [chr(code) for start, end in ((0xC0, 0x250), (0x391, 0x3CA), (0x410, 0x450), (0xFF21, 0xFF5B)) for code in range(start, end)])  # fmt: skip
def test_a_letter_folds_to_its_plain_small_one(letter: str) -> None:
    plain_letter = unicodedata.normalize("NFKD", letter.lower())[:1].lower()
    assert fold(letter) in (plain_letter, {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "й": "й"}.get(letter.lower()))


@pytest.mark.parametrize("unit", ["we ", "the goods are ", "1 ", "报价", "i", "don't ", "é ", "price … "])
def test_a_long_text_takes_no_time(unit: str) -> None:
    for code in TABLES:
        book(code)
    text = unit * (20_000 // len(unit))
    started = time.process_time()
    for code in TABLES:
        found_by_anchors(code, text)
    assert time.process_time() - started < 10
