"""A page as lines: what is missing says so, nothing is wider than its room, and each line does what Enter promises."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len
from tui.test_board import ROW

from mailcrm.domain.words import say
from mailcrm.queries.rows import EvidenceRow, FactRow, FormRow, PageRow, PaperRow, SectionRow, StepRow
from mailcrm.tui.deallines import DealLine, did_lines, fact_lines, form_lines, paper_lines

NOW = datetime(2026, 11, 24, 6, 40, tzinfo=UTC)
FACTS = (
    FactRow(say("Colour"), "", open_=True),
    FactRow(say("Material"), "brass, nickel plated, and a remark about the plating that is longer than any line"),
    FactRow(say("Every question of the customer checklist is answered"), "No inquiry is linked.", open_=True),
    FactRow(say("颜色"), "青铜色，表面镀镍，附带一段比任何一行都长得多的说明文字，直到换行为止"),
)
MAIL, FILE, WORDS = EvidenceRow("message", "m1"), EvidenceRow("paper", "kf2"), EvidenceRow("text", "by phone")
PAPERS = tuple(
    PaperRow(f"kf{number}", "freight", f"{number}.pdf", "application/pdf", 9000, "", NOW, "lin", until)
    for number, until in ((1, date(2026, 11, 20)), (2, date(2026, 12, 1)))
)
PAGE = PageRow(
    ROW,
    (SectionRow(say("What it is"), FACTS),),
    (
        StepRow(NOW, "lin", "", "requested", (MAIL, FILE)),
        StepRow(NOW, "mailcrm", "requested", "signed", (WORDS,), say("Because the manager signed it.")),
    ),
    PAPERS,
    (FormRow("note", say("Do it"), {}), FormRow("reply", say("Send it"), {}, outward=True)),
)


def text(line: DealLine) -> str:
    return "".join(span for span, _look in line.spans)


def test_what_is_missing_has_a_sign_and_the_word() -> None:
    told = [text(line) for line in fact_lines(PAGE, 70)]
    assert told[0] == "What it is  missing: 2"
    assert told[1].startswith("○ Colour")
    assert told[1].endswith("missing")


def test_what_leaves_the_house_is_told_beside_its_digit() -> None:
    assert [text(line) for line in form_lines(PAGE)][1:3] == ["1 Do it", "2 Send it  › leaves the house"]


def test_a_file_that_holds_no_more_says_so() -> None:
    told = "\n".join(text(line) for line in paper_lines(PAGE, 60, "UTC", NOW))
    assert "! was valid until 2026-11-20" in told
    assert "valid until 2026-12-01" in told


def test_a_step_carries_what_shows_it() -> None:
    lines = did_lines(PAGE, "sample", 70, "UTC", NOW)
    assert [line.mail for line in lines if line.mail] == [MAIL, FILE]
    told = "\n".join(map(text, lines))
    assert "requested  » mail m1" in told
    assert "@ 2.pdf" in told
    assert "“by phone”" in told
    assert "Because the manager signed it." in told


@pytest.mark.parametrize("width", [24, 40, 56, 76])
def test_no_line_is_wider_than_its_room(width: int) -> None:
    assert max(cell_len(text(line)) for line in fact_lines(PAGE, width)[1:]) <= width
