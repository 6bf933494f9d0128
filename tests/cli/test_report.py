"""`report replies`: figures as text, JSON and a page, out of mail that was imported live."""

from __future__ import annotations

import shutil
import stat
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from cli.running import Answer, Cli, Warm
from rich.cells import cell_len

REP = "wei@ningbo.example"
OFFICE = {"MAILCRM__OFFICE__ZONE": "Asia/Shanghai"}
NOW = ("--now", "2026-03-11T09:00+08:00")
HOSTILE = '<script>alert("1")</script> & <b onload=x>'


def march(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


# Who wrote, when (UTC), and when we answered. The first one arrived on a Sunday in Greenwich, on a Monday in the office.
MAILS = [
    ("ana@valvulas.example", march(8, 17), march(8, 21)),
    ("jan@acme.example", march(3, 2), march(4, 8)),
    ("rui@hidrolar.example", march(9, 1), None),
    ("mei@harbour.example", march(10, 20), None),
]


def filed(place: Path, name: str, sender: str, to: str, at: datetime, answers: str = "") -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, f"{'Re: ' if answers else ''}Pumps for {name[-1]}"
    message["Date"], message["Message-ID"] = format_datetime(at), f"<{name}@mail.example>"
    if answers:
        message["In-Reply-To"] = message["References"] = f"<{answers}@mail.example>"
    message.set_content("USD 4.20 a piece." if answers else "Please quote 500 pumps.")
    (place / f"{name}.eml").write_bytes(message.as_bytes())


@pytest.fixture(scope="module")
def desk(warm: Warm, fresh_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A home with these mails; a report only reads."""
    place = tmp_path_factory.mktemp("mails")
    cli = Cli(Path(shutil.copytree(fresh_home, tmp_path_factory.mktemp("desk") / "mailcrm")), warm)
    for number, (sender, at, answered) in enumerate(MAILS):
        filed(place, f"q{number}", sender, REP, at)
        if answered is not None:
            filed(place, f"a{number}", REP, sender, answered, answers=f"q{number}")
    cli.ok(
        "account", "add", "work", "--imap", "imap://127.0.0.1:1", "--smtp", "smtp://127.0.0.1:1", "--password-env",
        "NONE", "--user", "wei", "--own-address", REP, "--zone", "Asia/Shanghai", "--go-live", "2026-03-01", "--owner", "wei",
    )  # fmt: skip
    cli.ok("import-mail", str(place), "--live", *NOW)
    companies = {row["domains"][0]: row["id"] for row in cli.ok("company", "list", "--json").json}
    cli.ok("company", "edit", companies["acme.example"], "--name", HOSTILE, "--country", "NL")
    cli.ok("company", "grade", companies["acme.example"], "A")
    return cli


def asked(desk: Cli, *words: str) -> Answer:
    return desk.ok("report", *words, *NOW, env=OFFICE)


def test_the_figures_as_json(desk: Cli) -> None:
    found = asked(desk, "replies", "--json").json
    assert (found["from"], found["to"], found["by"], found["zone"]) == (
        "2026-02-12",
        "2026-03-11",
        "rep",
        "Asia/Shanghai",
    )
    assert found["made_at"] == "2026-03-11T09:00:00+08:00"
    total = found["total"]
    # Ana 4 h; Jan 30 h and Rui, who still waits after 48 h, are late; Mei's deadline is ahead.
    assert (total["count"], total["in_time"], total["late"], total["running"], total["open_overdue"]) == (3, 1, 2, 1, 1)
    assert (total["in_time_percent"], total["by_holding_percent"]) == (33.3, 0.0)
    assert (total["median_seconds"], total["p90_seconds"]) == (30 * 3600, 48 * 3600)
    assert [group["key"] for group in found["groups"]] == ["wei"]
    assert found["groups"][0]["figures"] == total
    assert len(found["notes"]) >= 3


def test_a_measured_row_of_each_turn(desk: Cli) -> None:
    rows = {row["customer"]: row for row in asked(desk, "--json").json["turns"]}
    jan = rows[HOSTILE]
    assert jan["anchor"] == "2026-03-03T10:00:00+08:00"
    assert (jan["first_touch"], jan["early_seconds"], jan["rep"], jan["external"]) == ("late", -6 * 3600, "wei", True)
    assert (jan["country"], jan["standing"], jan["promise"], jan["via_holding"]) == ("NL", "answered", None, False)
    assert set(jan) >= {"id", "thread_id", "due", "first_touch_at", "answered_at", "policy_version", "grade", "week"}
    assert jan["thread_id"] in {row["id"] for row in desk.ok("threads", "--json").json}


def test_days_and_weeks_are_those_of_the_office(desk: Cli) -> None:
    weeks = asked(desk, "replies", "--by", "week", "--json").json["groups"]
    assert [(each["key"], each["figures"]["count"]) for each in weeks] == [("2026-W10", 1), ("2026-W11", 2)]
    monday = asked(desk, "--from", "2026-03-09", "--to", "2026-03-09", "--json").json
    assert [row["customer"] for row in monday["turns"]] == ["Valvulas", "Hidrolar"]


def test_the_figures_as_text(desk: Cli) -> None:
    lines = asked(desk, "replies", "--by", "country").out.splitlines()
    answers, beside = (number for number, line in enumerate(lines) if line.startswith("country"))
    assert lines[answers].split("  ")[0] == "country"
    assert lines[answers].index("in time") < lines[answers].index("by holding") < lines[answers].index("late")
    whole = [line.split() for line in lines if line.startswith("all")]
    assert whole[0] == ["all", "3", "33.3%", "0.0%", "2", "1d", "06h", "2d", "00h"]
    assert whole[1] == ["all", "–", "–", "1", "1", "0"]
    assert "promises kept" in lines[beside]
    assert any("counts as late" in line for line in lines)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("by", ["rep", "country", "grade", "week"])
def test_the_figures_fit_a_terminal(desk: Cli, by: str, language: str) -> None:
    shown = asked(desk, "--by", by, "--lang", language).out
    figures, _notes = shown.rsplit("\n\n", 1)
    assert max(map(cell_len, figures.splitlines())) <= 80
    assert ("按时" in figures) == (language == "zh")


def test_what_is_not_yet_due_stands_beside(desk: Cli, tmp_path: Path) -> None:
    """Nothing is counted: no percentage, no median, and a page without bars or dots."""
    day = ("--from", "2026-03-11", "--to", "2026-03-11")
    total = asked(desk, *day, "--json").json["total"]
    assert (total["count"], total["running"], total["in_time_percent"], total["median_seconds"]) == (0, 1, None, None)
    page = page_of(desk, tmp_path / "page.html", *day)
    assert "circle" not in page.elements
    assert "None was late." in page.texts


def test_an_empty_home_has_a_report_too(cli: Cli, tmp_path: Path) -> None:
    found = cli.ok("report", "replies", "--json").json
    assert (found["total"]["count"], found["total"]["in_time_percent"], found["turns"]) == (0, None, [])
    assert "No customer" in cli.ok("report").out
    cli.ok("report", "--html", str(tmp_path / "empty.html"))
    assert "No customer" in (tmp_path / "empty.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("fortune",), "replies"),
        (("replies", "--by", "moon"), "country"),
        (("replies", "--from", "soon"), "--from soon"),
        (("replies", "--from", "2026-03-12", "--to", "2026-03-11"), "2026-03-12"),
        (("replies", "--html", "/no/such/place/page.html"), "/no/such/place"),
        (("replies", "--html", "/dev/null"), "/dev/null"),
        (("replies", "--html", "/"), "/"),
    ],
)
def test_wrong_usage(cli: Cli, words: tuple[str, ...], named: str) -> None:
    answer = cli("report", *words)
    assert (answer.code, answer.out) == (2, "")
    assert named in answer.err


class _Page(HTMLParser):
    """What a browser would find in a page: elements, attributes, text and styles."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.cells: list[str] = []
        self.texts: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.elements[-1:] == ["td"]:
            self.cells.append(data)


def page_of(desk: Cli, path: Path, *words: str) -> _Page:
    asked(desk, "replies", "--html", str(path), *words)
    return _Page(path.read_text("utf-8"))


def test_the_page_stands_alone(desk: Cli, tmp_path: Path) -> None:
    page = page_of(desk, tmp_path / "page.html")
    forbidden = {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "use",
        "image",
        "foreignobject",
        "b",
    }
    assert not forbidden & set(page.elements)
    names = {name for name, _value in page.attributes}
    assert not names & {"href", "src", "srcset", "action", "style", "xlink:href", "background"}
    assert not any(name.startswith("on") for name in names)
    every = " ".join([*page.texts, *(value for _name, value in page.attributes)])
    assert not any(sign in every.replace(HOSTILE, "") for sign in ("://", "url(", "@import", "javascript:"))
    assert dict(page.attributes)["content"]
    assert any("default-src 'none'" in value for _name, value in page.attributes)


def test_a_hostile_name_is_text_on_the_page(desk: Cli, tmp_path: Path) -> None:
    page = page_of(desk, tmp_path / "page.html")
    assert HOSTILE in page.cells
    assert "<script" not in (tmp_path / "page.html").read_text("utf-8")


def test_the_page_has_both_charts_and_both_looks(desk: Cli, tmp_path: Path) -> None:
    page = page_of(desk, tmp_path / "page.html", "--by", "grade")
    bars = [(name, value) for name, value in page.attributes if name == "class" and value in ("first", "second")]
    assert page.elements.count("svg") == 2
    assert bars.count(("class", "second")) == 2  # one for each grade: A, and none
    assert page.elements.count("circle") == 2  # one for each week with mail
    styles = "".join(page.texts)
    assert "prefers-color-scheme: dark" in styles
    assert "@media print" in styles
    assert ("lang", "en") in page.attributes


def test_the_page_in_chinese(desk: Cli, tmp_path: Path) -> None:
    page = page_of(desk, tmp_path / "page.html", "--lang", "zh")
    assert ("lang", "zh-CN") in page.attributes
    assert "按时" in "".join(page.texts)
    assert "in time" not in "".join(page.texts)


def test_the_page_is_its_owner_s_and_replaces_an_earlier_one(desk: Cli, tmp_path: Path) -> None:
    path = tmp_path / "pages" / "page.html"
    path.parent.mkdir()
    path.write_text("an earlier one")
    path.chmod(0o644)
    assert str(path) in asked(desk, "replies", "--html", str(path)).out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text("utf-8").startswith("<!doctype html>")
    assert list(path.parent.iterdir()) == [path]


def test_a_page_replaces_nothing_but_a_plain_file(desk: Cli, tmp_path: Path) -> None:
    mine, link = tmp_path / "mine.txt", tmp_path / "page.html"
    mine.write_text("mine")
    link.symlink_to(mine)
    answer = desk("report", "--html", str(link))
    assert (answer.code, mine.read_text()) == (2, "mine")
    assert link.is_symlink()


def test_a_page_and_json_at_once(desk: Cli, tmp_path: Path) -> None:
    found: dict[str, Any] = asked(desk, "--html", str(tmp_path / "page.html"), "--json").json
    assert found["total"]["count"] == 3
    assert (tmp_path / "page.html").exists()
