"""The press: the same bytes for the same document, text that is never markup, bounds, fonts, templates of one's own."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from documents.made import TEMPLATES, example, photo, png, press
from documents.reading import flat, pages

from mailcrm.adapters.documents.contents import ready
from mailcrm.adapters.documents.fake import FakePress
from mailcrm.adapters.documents.fonts import needs_chinese
from mailcrm.adapters.documents.press import TypstPress
from mailcrm.domain.documents import Quotation, SampleSheet
from mailcrm.domain.documents.examples import EXAMPLES
from mailcrm.domain.errors import ComposeError, ConfigError, NotFound, TemplateError
from mailcrm.ports.documents import DocumentPress

HOSTILE = (
    '#eval("1+1")', '#read("/etc/passwd")', "*bold* _it_", "$x^2$", "\\ \\u{41} \\n", "`raw` ```code```", "// not a comment",
    "/* nor this */", "<label> @label", '#import "@preview/x:0.1.0"', "[a] #[b] {c}", "= heading", "- list + enum / term: x", "~ -- ---",
    '"quotes" \'too\'', "{page} of {pages}", "&lt;html&gt;", "../../etc",
)  # fmt: skip


def quotation() -> Quotation:
    """A quotation without Chinese and without pictures: it needs no font besides typst's."""
    made = example("quotation", "en", pictures=False)
    assert isinstance(made, Quotation)
    return replace(made, ours=replace(made.ours, name_zh="", address_zh=""))


class PressContract:
    """What every press does."""

    def make(self) -> DocumentPress:
        raise NotImplementedError

    def test_it_makes_pdf_and_the_same_twice(self) -> None:
        first, second = (self.make().press(quotation(), "en") for _turn in range(2))
        assert first.startswith(b"%PDF-")
        assert first == second

    def test_another_document_makes_other_bytes(self) -> None:
        made = quotation()
        assert self.make().press(made, "en") != self.make().press(replace(made, reference="RFQ 4712"), "en")

    def test_it_draws_a_picture_of_each_page(self) -> None:
        (page,) = self.make().draw(quotation(), "en")
        assert page.startswith(b"\x89PNG\r\n\x1a\n")

    def test_it_names_what_it_knows(self) -> None:
        assert self.make().kinds() == tuple(sorted(EXAMPLES))

    def test_a_kind_without_a_template_is_not_found(self) -> None:
        class Leaflet(Quotation):
            kind = "leaflet"

        made = quotation()
        strange = Leaflet(**{name: getattr(made, name) for name in Quotation.__slots__})
        with pytest.raises(NotFound, match="leaflet"):
            self.make().press(strange, "en")

    def test_a_language_without_words_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            self.make().press(quotation(), "xx")

    def test_a_picture_that_is_none_is_refused(self) -> None:
        with pytest.raises(ComposeError, match="PNG nor JPEG"):
            self.make().press(replace(quotation(), lines=(replace(quotation().lines[0], photo=b"<svg/>"),)), "en")


class TestTypst(PressContract):
    def make(self) -> DocumentPress:
        return press()


class TestFake(PressContract):
    def make(self) -> DocumentPress:
        return FakePress(list(EXAMPLES))


def with_text(text: str) -> Quotation:
    made = quotation()
    customer = replace(made.customer, name=text, address=text, contact=text)
    line = replace(made.lines[0], description=text, sku=text, customer_item=text, unit=text[:20])
    return replace(
        made,
        lines=(line,),
        customer=customer,
        payment=text,
        notes=(text,),
        lead_time=text,
        lead_time_from=text,
        prepared_by=text,
    )


def test_hostile_text_comes_out_as_text() -> None:
    made = quotation()
    lines = tuple(replace(made.lines[0], description=text) for text in HOSTILE)
    text = flat(press().press(replace(made, lines=lines, notes=HOSTILE), "en"))
    for each in HOSTILE:
        assert text.count("".join(each.split())) == 2, each


@pytest.mark.parametrize("text", HOSTILE[:4])
def test_in_every_field(text: str) -> None:
    assert flat(press().press(with_text(text), "en")).count("".join(text.split())) >= 9


def test_what_steers_is_shown_as_what_it_is() -> None:
    found = ready({"a": "NUL\0 ESC\x1b[31m \x1b]52;c;x\x07 \u202eevil\u202c", "b": ["\u2066x"], "bank": "IBAN\u202e"})
    told = str(found.values)
    assert "\x1b" not in told
    assert "\x00" not in told
    assert not {"\u202e", "\u202c", "\u2066"} & set(told)
    assert "‹RLO›evil‹PDF›" in told


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2_000,
        "long words " * 200,
        "Ж" * 500,
        "مرحبا بالعالم " * 50,
        "😀👨‍👩‍👧" * 40,
        "\ue000\U00013000\uffff",
        "\0\x1b[2J\u202e" * 100,
        "\n" * 300,
    ],
    ids=["one word", "many words", "Cyrillic", "right to left", "emoji", "unknown glyphs", "controls", "line breaks"],
)
def test_any_text_makes_a_page(text: str) -> None:
    assert pages(press().press(with_text(text), "en"))


def test_a_word_without_end_stays_inside_its_column() -> None:
    """Every letter of it is on the page, and what stands right of it too."""
    text = flat(
        press().press(replace(quotation(), lines=(replace(quotation().lines[0], description="x" * 10_000),)), "en")
    )
    assert text.count("x" * 40) == 250
    assert "13,140.00" in text


def test_too_much_text_and_too_large_pictures_are_refused() -> None:
    with pytest.raises(ComposeError, match="1,000,000 letters"):
        press().press(replace(quotation(), notes=("x" * 600_000, "y" * 600_000)), "en")
    bomb = bytearray(photo())
    bomb[16:24] = (100_000).to_bytes(4) * 2  # says that it has ten thousand million pixels
    with pytest.raises(ComposeError, match="too large"):
        press().press(replace(quotation(), lines=(replace(quotation().lines[0], photo=bytes(bomb)),)), "en")


@pytest.mark.parametrize("cut", [40, 200, -20])
def test_a_damaged_picture_has_a_sentence(cut: int) -> None:
    with pytest.raises(ComposeError):
        press().press(replace(quotation(), lines=(replace(quotation().lines[0], photo=photo()[:cut]),)), "en")


def test_pictures_of_the_size_they_say() -> None:
    made = example("sample_sheet", "en", pictures=False)
    assert isinstance(made, SampleSheet)
    many = tuple(png(60 + place, 40, lambda _x, _y: (200, 60, 20)) for place in range(9))
    bare = replace(made, ours=replace(made.ours, name_zh="", address_zh=""), photos=many)
    assert len(pages(press().press(bare, "en"))) == 2


# -- templates of the home --------------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The home's own directory of document templates."""
    place = tmp_path / "documents"
    place.mkdir()
    return place


def test_the_home_s_own_template_and_words_come_first(own: Path) -> None:
    (own / "words.en.toml").write_text('quotation = "Offer"\n')
    text = flat(TypstPress([own, TEMPLATES]).press(quotation(), "en"))
    assert "OfferQUO-2026-0007/v2" in text
    assert "Validuntil" in text
    (own / "quotation.typ").write_text('#import "house.typ": *\n#show: setup.with(w.quotation)\nOnly #doc.number')
    assert "OnlyQUO-2026-0007/v2" in flat(TypstPress([own, TEMPLATES]).press(quotation(), "en"))


def test_a_broken_template_is_named_with_its_line(own: Path) -> None:
    (own / "quotation.typ").write_text('#import "house.typ": *\n\n#doc.no_such_field\n')
    with pytest.raises(TemplateError, match=r"quotation\.typ, line 3: .*no_such_field"):
        TypstPress([own, TEMPLATES]).press(quotation(), "en")


def test_broken_words_are_named(own: Path) -> None:
    (own / "words.en.toml").write_text("quotation = Offer\n")
    with pytest.raises(TemplateError, match=r"words\.en\.toml"):
        TypstPress([own, TEMPLATES]).press(quotation(), "en")


@pytest.mark.parametrize("path", ["/etc/hostname", "../../../etc/hostname", "/../../etc/hostname"])
def test_a_template_reads_no_file_of_the_machine(own: Path, path: str) -> None:
    (own / "quotation.typ").write_text(f'#read("{path}")')
    with pytest.raises(TemplateError):
        TypstPress([own, TEMPLATES]).press(quotation(), "en")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a proxy of this machine was asked for."""
    heard: list[str] = []

    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            heard.append(self.path)
            self.send_error(502)

        do_GET = do_CONNECT  # noqa: N815  (likewise)

    server = http.server.HTTPServer(("127.0.0.1", 0), Proxy)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{server.server_port}")
    yield heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_template_fetches_no_package(own: Path, asked: list[str]) -> None:
    (own / "quotation.typ").write_text('#import "@preview/tablex:0.0.9": *\nHello')
    with pytest.raises(TemplateError, match="package"):
        TypstPress([own, TEMPLATES]).press(quotation(), "en")
    assert asked == []


def test_a_template_that_never_ends_is_ended(own: Path) -> None:
    (own / "quotation.typ").write_text(
        "#let f(n) = { for i in range(100000) { for j in range(100000) { n = n + 1 } } }\n#f(0)"
    )
    with pytest.raises(TemplateError, match=r"longer than 1\.5 s"):
        TypstPress([own, TEMPLATES], patience=1.5).press(quotation(), "en")


def test_a_template_that_eats_memory_is_ended(own: Path) -> None:
    (own / "quotation.typ").write_text('#let s = "x" * 200000000\n#let l = range(1000).map(n => s + str(n))\n#l.len()')
    with pytest.raises((ComposeError, TemplateError)):
        TypstPress([own, TEMPLATES]).press(quotation(), "en")


# -- fonts ------------------------------------------------------------------------------------------------------------------


def test_a_document_without_chinese_needs_no_chinese_font() -> None:
    assert needs_chinese("报价")
    assert needs_chinese("（）")
    assert not needs_chinese("Größe Ø 20 мм “quoted” – © ® ² ° 😀")


def test_without_a_chinese_font_the_packages_are_named() -> None:
    without = TypstPress([TEMPLATES], chinese=("No Such Font",))
    with pytest.raises(ConfigError, match=r"fonts-wqy-microhei or fonts-noto-cjk.*font_paths"):
        without.press(example("quotation", "zh", pictures=False), "zh")


def test_a_font_of_one_s_own_goes_first(chinese_font: None) -> None:
    plain, mono = (
        TypstPress([TEMPLATES], fonts=fonts).press(quotation(), "en") for fonts in ((), ("DejaVu Sans Mono",))
    )
    assert b"DejaVuSansMono" not in plain
    assert b"DejaVuSansMono" in mono
