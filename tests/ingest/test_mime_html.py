"""HTML to readable text: nothing fetched, nothing hidden shown, linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailcrm.adapters.mime.html import html_to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("a <b>bold</b>  word\n here", "a bold word here"),
        ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
        ("<ol><li>a</li><li>b</li></ol>x", "1. a\n2. b\n\nx"),
        ("<ol start=3><li>a</ol><ol start='<b>'><li>b</ol>", "3. a\n\n1. b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li><p>a</p></li><li><div>b</div></li></ul>", "- a\n\n- b"),
        ("<li>loose</li>", "- loose"),
        (
            "<table><tr><th>Item<th>Qty<th>USD</tr><tr><td>A<td><td>2.50</tr><tr><td><td>5<td>3.10</tr></table>",
            "Item\tQty\tUSD\nA\t\t2.50\n\t5\t3.10",
        ),
        ("<table><tr><td></td><td>A</td><td></td><td>B</td><td></td></tr></table>", "A\t\tB"),
        (
            "<table><tr><th>Item</th><th>Price</th></tr><tr><td>BP-12</td><td>2.60</td></tr></table>",
            "Item\tPrice\nBP-12\t2.60",
        ),
        (
            "<table><tr><td><p class=MsoNormal>BP-12</p></td><td><p class=MsoNormal>2.60</p></td></tr></table>",
            "BP-12\t2.60",
        ),
        ("<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>", "a\tb"),
        ("<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<a href='https://a.example/x'>our site</a>", "our site [1]\n\n[1] https://a.example/x"),
        ("<a href='https://a.example'>https://a.example</a>", "https://a.example"),
        ("<a href='mailto:a@b.example'>a@b.example</a>", "a@b.example"),
        ("<a href='javascript:alert(1)'>click</a>", "click"),
        ("<a href='https://bücher.example/x'>books</a>", "books [1]\n\n[1] https://xn--bcher-kva.example/x"),
        (
            "<a href='https://a.example/x'>a</a> <a href='https://a.example/x'>b</a>",
            "a [1] b [1]\n\n[1] https://a.example/x",
        ),
        ("<a href='https://a.example'><img alt='Logo' src=x></a>", "Logo [1]\n\n[1] https://a.example"),
        ("<img width=1 height=1 alt='' src='https://t.example/p.gif'>x", "x"),
        ("<p style='display:none'>secret</p>x", "x"),
        ("<span style='font-size:0px'>secret</span>x", "x"),
        ("<span style='font-size:0.9em'>small</span>", "small"),
        ("<div hidden>secret</div>x", "x"),
        ("<div style='mso-hide:all'>secret</div>x", "x"),
        ("<style>p{}</style><script>x()</script><title>t</title><p>x</p>", "x"),
        ("<!-- comment --><![if !mso]>x<![endif]>", "x"),
        ("a &amp; b &lt;c&gt; &nbsp; &#8364;", "a & b <c> €"),
        ("<p>Yes</p><blockquote type=cite><p>no?</p><p>really</p></blockquote>", "Yes\n\n> no?\n>\n> really"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
        ("<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>moved in</blockquote>", "moved in"),
        ("<p>unclosed <b>tags", "unclosed tags"),
        ("no markup", "no markup"),
        ("", ""),
        ("\x00<p>nul</p>", "nul"),
        ("<p>half \ud83d</p>", "half ?"),
    ],
)
def test_markup_becomes_text(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


@settings(deadline=None)
@given(st.text(st.sampled_from('<>/ abp"=tdrli!-&;\x00'), max_size=200))
def test_no_markup_breaks_it(markup: str) -> None:
    html_to_text(markup)


@pytest.mark.parametrize(
    "unit",
    ["<", "<<<<a ", "<div>", "<b>", "<table><tr><td>", "<blockquote>", "<a href=https://x>", "<p><b>", "&", "<br>", "<a ", "<x a=1 ",
     "<!--", "<font><p>", "<li>", "<td>", "x ", "<span style='display:none;", "<ul><li>", "<svg><g>", "<pre>\n", "a=1 "],
)  # fmt: skip
def test_a_megabyte_of_hostile_markup_takes_seconds_at_most(unit: str) -> None:
    started = time.process_time()
    html_to_text(unit * (1_000_000 // len(unit)))
    assert time.process_time() - started < 5
