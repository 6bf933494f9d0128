"""Templates: questions, mistakes named by file and line, walls. Manners of the shipped ones are in test_manners."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from gettext import NullTranslations
from pathlib import Path

import pytest
from outbox.shipped import ESTIMATE, SHIPPED

from mailcrm.domain import words
from mailcrm.domain.errors import NotFound, TemplateError
from mailcrm.outbox.render import TemplateStore, Value, packaged_templates

Home = Callable[[str], TemplateStore]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Write a template of the home, `en/own.txt.j2`, below a block with one variable."""

    def write(text: str) -> TemplateStore:
        directory = tmp_path / "templates" / "en"
        directory.mkdir(parents=True, exist_ok=True)
        block = "" if text.startswith("---") else "---\ntitle: Own\nask name: What name?\n---\n"
        (directory / "own.txt.j2").write_text(block + text, encoding="utf-8")
        return TemplateStore([tmp_path / "templates", packaged_templates()])

    return write


@pytest.fixture
def chinese_screen() -> Iterator[None]:
    words.install("zh", NullTranslations())
    yield
    words.install("en", NullTranslations())


def test_without_a_reason_it_is_another_one() -> None:
    plain = SHIPPED.render("holding", "en", {"estimate": ESTIMATE})
    assert plain == SHIPPED.render("holding", "en", {"estimate": ESTIMATE, "reason": "other"})


def test_an_unknown_reason_names_the_known_ones() -> None:
    with pytest.raises(TemplateError, match="price, factory, sample, documents, other"):
        SHIPPED.render("holding", "en", {"estimate": ESTIMATE, "reason": "weather"})


def test_the_missing_answers_are_numbered_and_own_questions_stand_as_typed() -> None:
    body = SHIPPED.render("inquiry_ask", "en", {"missing": "certificates; Which voltage?，end_customer"}).body
    assert "1. Which certificates" in body
    assert "2. Which voltage?\n" in body
    assert "3. Who is the end customer" in body


class TestQuestions:
    def test_missing_names_what_must_be_asked(self) -> None:
        assert SHIPPED.missing("quote_cover", "en", {}) == ("quotation", "valid_until")
        assert SHIPPED.missing("quote_cover", "en", {"quotation": "Q-1", "valid_until": ""}) == ("valid_until",)
        assert SHIPPED.missing("holding", "zh", {"estimate": ESTIMATE}) == ()

    @pytest.mark.usefixtures("chinese_screen")
    def test_questions_and_titles_are_in_the_language_of_the_screen(self) -> None:
        info = SHIPPED.info("holding", "es")
        assert info.title.startswith("暂复")
        assert info.variables["estimate"] == "完整答复什么时候给客户？"

    def test_optional_ones_come_last_and_need_no_answer(self) -> None:
        assert list(SHIPPED.info("holding", "en").variables) == ["estimate", "note"]
        assert SHIPPED.info("holding", "en").required == {"estimate"}

    def test_what_is_likely_is_filled_in_and_still_asked(self, home: Home) -> None:
        store = home(
            "---\ntitle: Own\nask a = 1, 2: A?\nask b (number)=30 : B?\nask c (date) = today+2: C?\nask d: D?\n---\n{{ a }}{{ b }}{{ c }}{{ d }}"
        )
        wanted = store.missing("own", "en", {"a": "x"})
        assert wanted == ("b", "c", "d")
        assert store.info("own", "en").filled_in(date(2026, 12, 30), wanted) == {"b": "30", "c": "2027-01-01"}

    def test_a_blank_answer_is_none(self) -> None:
        with pytest.raises(TemplateError, match=r"no value for body"):
            SHIPPED.render("plain_reply", "en", {"body": " \n"})

    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("quote_cover", {"quotation": "Q-1", "valid_until": "31/12/2026"}),
            ("holding", {"estimate": "tomorrow"}),
            ("holding", {"estimate": "2026-11-25T17:00"}),
            ("holding", {"estimate": date(2026, 11, 25)}),
        ],
    )
    def test_an_answer_of_the_wrong_kind_shows_a_right_one(self, name: str, values: dict[str, Value]) -> None:
        with pytest.raises(TemplateError, match="2026-11-25"):
            SHIPPED.render(name, "en", values)

    def test_a_variable_that_is_not_there_is_told(self) -> None:
        with pytest.raises(TemplateError, match="estmate"):
            SHIPPED.render("holding", "en", {"estimate": ESTIMATE, "estmate": "x"})

    @pytest.mark.parametrize("value", [None, ["a"], {"a": 1}, object(), b"raw", 1.5, "x" * 200_000])
    def test_only_plain_values_go_in(self, value: object) -> None:
        values: dict[str, object] = {"body": value}
        with pytest.raises(TemplateError, match="body"):
            SHIPPED.render("plain_reply", "en", values)  # type: ignore[arg-type]  # what the types forbid is refused too

    def test_text_that_came_by_mail_is_never_a_template(self) -> None:
        hostile = "{{ 7 * 7 }}{% for x in range(10) %}{{ x }}{% endfor %}"
        assert hostile in SHIPPED.render("plain_reply", "en", {"body": hostile}).body


class TestStore:
    def test_the_home_comes_first(self, home: Home, tmp_path: Path) -> None:
        store = home("Hello {{ name }}")
        own = tmp_path / "templates" / "en" / "holding.txt.j2"
        own.write_text("---\ntitle: Mine\nask estimate (moment): When?\n---\nOurs: {{ estimate }}", encoding="utf-8")
        assert store.render("holding", "en", {"estimate": ESTIMATE}).body.startswith("Ours: Wed 25 November")
        assert store.info("holding", "zh").title.startswith("Holding reply")

    def test_unknown_names_and_languages_name_the_known_ones(self) -> None:
        with pytest.raises(NotFound, match="quote_cover"):
            SHIPPED.render("nothing", "en", {})
        with pytest.raises(NotFound, match="de, en, es, fr, pt, ru, zh"):
            SHIPPED.render("holding", "it", {})
        with pytest.raises(NotFound):
            SHIPPED.render("../en/holding", "en", {})

    @pytest.mark.parametrize(
        ("wanted", "language"), [(["es-MX"], "es"), (["zh_CN"], "zh"), (["it", "es"], "es"), (["it"], "en"), ([], "en")]
    )
    def test_the_language_of_the_mail(self, wanted: list[str], language: str) -> None:
        assert SHIPPED.language_for("holding", wanted) == language

    def test_a_home_without_templates_has_the_packaged_ones(self, tmp_path: Path) -> None:
        assert TemplateStore([tmp_path / "templates", packaged_templates()]).list() == SHIPPED.list()

    def test_subject_and_kinds(self, home: Home) -> None:
        store = home("---\ntitle: Own\nask price (number): Price?\nsubject: Offer at {{ price }}\n---\nUSD {{ price }}")
        assert store.render("own", "en", {"price": "1.20"}).subject == "Offer at 1.20"
        assert store.render("own", "en", {"price": Decimal("1E+3")}).body == "USD 1000\n"
        assert SHIPPED.render("holding", "en", {"estimate": ESTIMATE}).subject is None


class TestMistakes:
    def test_an_undefined_variable_is_named_with_file_and_line(self, home: Home) -> None:
        store = home("Dear {{ name }},\n\nyour order {{ order_no }} and {{ order_no }}")
        (problem,) = store.check()
        assert (problem.file.name, problem.line, problem.variable) == ("own.txt.j2", 7, "order_no")
        assert store.missing("own", "en", {"name": "Anna"}) == ("order_no",)
        with pytest.raises(
            TemplateError, match=r"own\.txt\.j2, line 7: there is no value for order_no\. .*--var order_no"
        ):
            store.render("own", "en", {"name": "Anna"})
        assert "8812" in store.render("own", "en", {"name": "Anna", "order_no": "8812"}).body

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("{{ name ", 5),
            ("fine\n{% if name %}", 6),
            ("{% for %}{% endfor %}", 5),
            ("no block", 1),
            ("---\nask x: y\n---\n", 2),
            ("---\ntitle: Own\ncolour: red\n---\n", 3),
            ("---\ntitle: Own\nask: what?\n---\n", 3),
            ("---\ntitle: Own\nask x (colour): what?\n---\n", 3),
            ("---\ntitle: Own\nask.zh x: 什么？\n---\n", 3),
            ("---\ntitle: Own\nreasons: a b, c\n---\n", 3),
            ("---\ntitle = Own: Own\n---\n", 2),
            ("---\ntitle: Own\nask x (date) = tomorrow: when?\n---\n", 3),
            ("---\ntitle: Own\nask x (number) = many: how many?\n---\n", 3),
            ("---\ntitle: Own\nask x (moment) = today: when?\n---\n", 3),
            ("---\ntitle: Own\nask x: what?\nask.zh x = 1: 什么？\n---\n", 4),
            ("---\ntitle: Own\n", 1),
        ],
    )
    def test_a_broken_file_is_told_by_line_and_the_others_still_work(self, home: Home, text: str, line: int) -> None:
        store = home(text if text != "no block" else "---x\n")
        (problem,) = store.check()
        assert (problem.file.name, problem.line) == ("own.txt.j2", line)
        with pytest.raises(TemplateError, match=f"line {line}: "):
            store.render("own", "en", {"name": "Anna"})
        assert store.render("holding", "en", {"estimate": ESTIMATE}).body

    def test_a_file_in_another_encoding(self, home: Home, tmp_path: Path) -> None:
        store = home("x")
        path = tmp_path / "templates" / "en" / "own.txt.j2"
        path.write_bytes("---\ntitle: Own\n---\n报价".encode("gb18030"))
        with pytest.raises(TemplateError, match=r"line 4: .*UTF-8"):
            store.render("own", "en", {})

    def test_a_file_that_is_too_large(self, home: Home) -> None:
        with pytest.raises(TemplateError, match="32 KB"):
            home("x" * 70_000).render("own", "en", {})


class TestWalls:
    @pytest.mark.parametrize(
        "text",
        [
            "{{ name.__class__ }}",
            "{{ ''.__class__.__mro__ }}",
            "{{ name['__class__'] }}",
            "{{ name|attr('__class__') }}",
            "{{ name.format(name) }}",
            "{{ self }}",
            "{{ range(9) }}",
            "{{ lipsum() }}",
            "{{ cycler }}",
            "{% include 'en/holding.txt.j2' %}",
            "{% import 'os' as os %}",
            "{% extends 'x' %}",
            "{% macro m() %}{{ m() }}{% endmacro %}",
            "{{ 'x' * 1000000000 }}",
            "{{ 9 ** 9 ** 9 }}",
            "{{ '%999999999d' % 1 }}",
            "{{ name ~ name }}",
            "{{ name|center(1000000000) }}",
            "{{ '%999999999d'|format(1) }}",
            "{{ name|replace('a', 'aaaaaaaa') }}",
            "{% set x = [name, name] %}{{ x }}",
            "{% set x %}{{ name }}{% endset %}",
            "{% for a in name recursive %}{{ loop(a) }}{% endfor %}",
            "{{ [name] }}",
            "{{ {} }}",
            "{{ none }}",
            "{{ 1.5 }}",
            "{% for a in name %}" * 4 + "{% endfor %}" * 4,
            "{% for a in name %}{% for b in name %}" + "{{ name|upper }}" * 500 + "{% endfor %}{% endfor %}",
            "{% for a in 'xxxxxxxxxx' %}" + "{{ name }}" * 3000 + "{% endfor %}",
            "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
            "{% if name %}" * 2000 + "{% endif %}" * 2000,
            "{% if name %}" * 150 + "{% endif %}" * 150,
            "{% for a in 'x' %}" * 30 + "{% endfor %}" * 30,
        ],
    )
    def test_what_is_no_mail_template_is_refused_with_its_line(self, home: Home, text: str) -> None:
        with pytest.raises(TemplateError, match=r"own\.txt\.j2, line \d+: "):
            home(text).render("own", "en", {"name": "Anna " * 4})

    def test_what_a_mail_needs_is_there(self, home: Home) -> None:
        store = home(
            "{% set sizes = ['S', 'M'] %}{% for size in sizes %}{{ loop.index }}{{ size|lower }}"
            "{{ ', ' if not loop.last }}{% else %}none{% endfor %}"
            "{% if name is defined and name|length > 2 %} {{ name|upper }}{% endif %}{{ name[0] }}"
            "{% raw %} {{ }}{% endraw %}{# a note #}"
        )
        assert store.render("own", "en", {"name": "Anna"}).body == "1s, 2m ANNAA {{ }}\n"
