"""Incoterms 2020: read, printed, and looked through for mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcrm.domain.errors import UsageError
from mailcrm.domain.trade.incoterms import TERMS, Incoterm, lint, parse_incoterm

ELEVEN = "EXW FCA FAS FOB CFR CIF CPT CIP DAP DPU DDP".split()  # noqa: SIM905  (as the rules name them)


def test_there_are_eleven() -> None:
    assert list(TERMS) == ELEVEN


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ("FOB Ningbo", "FOB", "Ningbo"),
        ("fob ningbo", "FOB", "ningbo"),
        ("CF Lagos", "CFR", "Lagos"),
        ("C&F Lagos", "CFR", "Lagos"),
        ("C & F Lagos", "CFR", "Lagos"),
        ("c and f Lagos", "CFR", "Lagos"),
        ("CNF Lagos", "CFR", "Lagos"),
        ("CIF,HAMBURG", "CIF", "HAMBURG"),
        ("CIF - Hamburg", "CIF", "Hamburg"),
        ("FOB宁波", "FOB", "宁波"),
        ("ＦＯＢ（宁波）", "FOB", "宁波"),
        ("DDP Hamburg (Incoterms 2020)", "DDP", "Hamburg"),
        ("EXW our works, Yiwu", "EXW", "our works, Yiwu"),
        ("FOB", "FOB", ""),
    ],
)
def test_what_people_write_is_read(written: str, code: str, place: str) -> None:
    assert parse_incoterm(written) == Incoterm(code, place)


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("", "FOB Ningbo"),
        ("XYZ Ningbo", "FOB Ningbo"),
        ("CFRHamburg", "CFR"),
        ("DAT Hamburg", "DPU"),
        ("DDU Hamburg", "DAP"),
        ("FOB Ningbo, Incoterms 2010", "2020"),
    ],
)
def test_what_is_none_of_the_eleven_is_refused_with_a_mend(written: str, word: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_incoterm(written)
    assert word in str(refused.value.hint)


def test_the_printed_form() -> None:
    assert str(Incoterm("FOB", "Ningbo")) == "FOB Ningbo, Incoterms® 2020"


@given(st.sampled_from(ELEVEN), st.from_regex(r"[A-Z][a-z]{1,12}( [A-Z][a-z]{1,12})?", fullmatch=True))
def test_what_is_printed_is_read_as_the_same(code: str, place: str) -> None:
    term = Incoterm(code, place)
    assert parse_incoterm(str(term)) == term
    assert parse_incoterm(term.short) == term


@pytest.mark.parametrize(
    ("codes", "what"),
    [
        ("FAS FOB CFR CIF", "sea_only"),
        ("CFR CIF CPT CIP DAP DPU DDP", "freight"),
        ("CIF CIP", "insurance"),
        ("DAP DPU DDP", "charges"),
        ("DPU", "unloaded"),
        ("DDP", "duties"),
        ("FCA FAS FOB CFR CIF CPT CIP DAP DPU DDP", "cleared"),
    ],
)
def test_what_each_term_includes(codes: str, what: str) -> None:
    assert " ".join(code for code, term in TERMS.items() if getattr(term, what)) == codes


def test_a_term_names_its_place() -> None:
    for code, term in TERMS.items():
        assert any("needs" in str(finding) for finding in lint(Incoterm(code, ""))), code
        right = "Hamburg" if term.names == "destination" else "Ningbo"
        wrong = "Ningbo" if term.names == "destination" else "Hamburg"
        assert lint(Incoterm(code, right), loading="Ningbo", destination="Hamburg") == ()
        (finding,) = lint(Incoterm(code, wrong), loading="Ningbo", destination="Hamburg")
        assert wrong in str(finding)


@pytest.mark.parametrize(("code", "better"), [("FAS", "FCA"), ("FOB", "FCA"), ("CFR", "CPT"), ("CIF", "CIP")])
def test_sea_terms_are_for_the_sea_and_hinted_at_for_containers(code: str, better: str) -> None:
    (by_air,) = lint(Incoterm(code, "Shanghai"), by_sea=False)
    (boxed,) = lint(Incoterm(code, "Shanghai"), containers=True)
    assert better in str(by_air)
    assert better in str(boxed)
    assert lint(Incoterm(better, "Shanghai"), by_sea=False, containers=True) == ()
