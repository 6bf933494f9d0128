"""The geometry of the page's charts."""

from __future__ import annotations

import pytest

from mailcrm.cli.pages.charts import bars, line

HOUR = 3600


def test_a_bar_is_as_long_as_its_percentage() -> None:
    drawn = bars([("all", 100.0, 25.0, ""), ("none", 0.0, 0.0, "")])
    assert [(row.first / drawn.span, row.second / drawn.span) for row in drawn.rows] == [(1.0, 0.25), (0.0, 0.0)]
    assert drawn.rows[0].y < drawn.rows[1].y < drawn.height


def test_a_week_without_value_breaks_the_line() -> None:
    points = [("W1", HOUR, "1h"), ("W2", 2 * HOUR, "2h"), ("W3", None, ""), ("W4", HOUR, "1h"), ("W5", None, "")]
    drawn = line(points)
    assert [dot.value for dot in drawn.dots] == ["1h", "2h", "1h"]
    assert [piece.count(",") for piece in drawn.pieces] == [2]
    assert drawn.pieces[0] == " ".join(f"{dot.x},{dot.y}" for dot in drawn.dots[:2])
    assert [tick.label for tick in drawn.across] == ["W1", "W2", "W3", "W4", "W5"]


@pytest.mark.parametrize("most", [0, 1, 59 * 60, HOUR, 5 * HOUR, 5 * HOUR + 1, 26 * HOUR, 500 * HOUR, 9000 * HOUR])
def test_the_highest_value_stands_inside_a_grid_of_at_most_five(most: int) -> None:
    drawn = line([("W1", most, "")])
    (dot,) = drawn.dots
    assert drawn.top <= dot.y <= drawn.bottom
    assert 2 <= len(drawn.up) <= 6
    assert (drawn.up[0].at, drawn.up[-1].at) == (drawn.bottom, drawn.top)
    hours = int(drawn.up[-1].label.removesuffix("h"))
    assert dot.y == pytest.approx(drawn.bottom - (drawn.bottom - drawn.top) * most / (hours * HOUR), abs=0.1)


def test_a_year_of_weeks_keeps_its_labels_apart() -> None:
    drawn = line([(f"W{week}", None, "") for week in range(53)])
    assert (drawn.dots, drawn.pieces) == ((), ())
    assert 5 <= len(drawn.across) <= 10
