"""HTML to readable text, with nothing fetched and nothing run.

Room: adapters. In: the markup of a text/html part. Out: its visible text: paragraphs and list items on lines of their own,
table rows as lines with tabs between the cells, quotations with `> ` before each line, links as numbered footnotes. What a
reader can't see (hidden elements, tracking pixels, scripts, styles) is left out. Never raises.

The parser takes quadratic time on deep nesting, so markup that nests deeper than any mail does is cut there first.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from mailcrm.adapters.mime.links import is_link, real_host, says_itself

__all__ = ["html_links", "html_to_text"]

_DEPTH_CAP, _LONGEST_TAG, _MANY_TAGS = 800, 20_000, 2_000
_FOOTNOTES_CAP = 300
_INDENT_CAP, _NUMBER_CAP = 20, 9

_DROPPED = frozenset(
    ("head", "style", "script", "title", "template", "object", "embed", "iframe", "svg", "noscript", "select", "textarea",
     "audio", "video", "canvas", "map", "meta", "link", "-comment", "-doctype", "!doctype")
)  # fmt: skip
_NO_ELEMENTS = frozenset("-!")
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"))
_BLOCKS = _PARAGRAPHS | frozenset(
    ("div", "section", "article", "header", "footer", "address", "center", "li", "dt", "dd", "tr", "form", "fieldset", "main",
     "nav", "aside", "figure", "figcaption", "caption", "tbody", "thead", "tfoot", "body", "html", "legend", "details")
)  # fmt: skip
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|(?<![-\w])opacity\s*:\s*0(?:\.0*)?\s*(?:;|!|$)"
    r"|(?<![-\w])font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|%)?\s*(?:;|!|$)|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)",
    re.IGNORECASE,
)
# One and then more of them: where a pattern begins with a repetition, `re` looks for it at every place four times as long.
_SPACE = re.compile(r"[ \t\r\n\f\xa0][ \t\r\n\f\xa0]*")
_TAGS = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})[^<>]*+(/?)")
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_IMPLIED = frozenset(
    ("p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "meta", "link", "input", "col", "area", "base",
     "wbr", "source", "tbody", "thead", "tfoot")
)  # fmt: skip
_ITEM = re.compile(r" *(?:-|\d{1,9}\.) ")


def html_to_text(markup: str) -> str:
    r"""Return the visible text of `markup`, lines joined by `\n`."""
    return _read(markup).finish()


def html_links(markup: str) -> list[tuple[str, str]]:
    """Return the words and the target of every link of `markup` that a reader can see."""
    return _read(markup).followed


def _read(markup: str) -> _Page:
    page = _Page()
    markup = _bounded(markup.replace("\x00", "")).encode("utf-8", "replace").decode()
    try:
        root = LexborHTMLParser(markup).root
    except (SelectolaxError, ValueError):
        return page
    if root is not None:
        _walk(root, page)
    return page


def _bounded(markup: str) -> str:
    """Cut `markup` where it nests deeper, or writes a longer tag, than any mail does."""
    if markup.count("<") < _MANY_TAGS and len(markup) < _LONGEST_TAG:
        return markup
    long_tag = _LONG_TAG.search(markup)
    if long_tag:
        markup = markup[: long_tag.start()]
    depth = 0
    for tag in _TAGS.finditer(markup):
        if tag[3] or tag[2].lower() in _IMPLIED:
            continue
        depth += -1 if tag[1] else 1
        depth = max(depth, 0)
        if depth > _DEPTH_CAP:
            return markup[: tag.start()]
    return markup


def _walk(root: LexborNode, page: _Page) -> None:
    """Visit every node once, without recursion: nesting is the sender's choice."""
    path: list[tuple[LexborNode, str]] = []
    node: LexborNode | None = root
    while node is not None:
        tag = node.tag or ""
        if tag == "-text":
            page.text(node.text_content or "")
        elif _visible(node, tag):
            page.open(node, tag)
            child = node.child
            if child is not None:
                path.append((node, tag))
                node = child
                continue
            page.close(node, tag)
        following = node.next if path else None
        while following is None and path:
            parent, parent_tag = path.pop()
            page.close(parent, parent_tag)
            following = parent.next if path else None
        node = following


def _visible(node: LexborNode, tag: str) -> bool:
    if tag in _DROPPED or tag[:1] in _NO_ELEMENTS:
        return False
    attributes = node.attributes
    if not attributes:
        return True
    if "hidden" in attributes or attributes.get("type") == "hidden":
        return False
    style = attributes.get("style")
    return not (style and _HIDDEN.search(style))


class _Frame:
    """The text of the page or of one table cell, as it grows line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.current: list[str] = []
        self.quotes = self.last_quotes = 0
        self.gap = False

    def end_line(self) -> None:
        if not self.current:
            return
        line = "".join(self.current).rstrip(" ")
        self.current.clear()
        if line:
            self.put(line)

    def put(self, line: str) -> None:
        prefix = "> " * min(self.quotes, 20) if self.quotes else ""
        if self.gap and self.lines:
            self.lines.append(prefix[: 2 * self.last_quotes].rstrip())
        self.gap, self.last_quotes = False, self.quotes
        self.lines.append(f"{prefix}{line}")


class _Page:
    def __init__(self) -> None:
        self.frame = _Frame()
        self.around: list[_Frame] = []  # of the frame that grows, those it stands in
        self.rows: list[list[_Frame]] = []
        self.lists: list[int | None] = []  # the number of the next item, None in a list without numbers
        self.headed: list[bool] = []  # of each open table, whether it has heads
        self.links: dict[str, int] = {}
        self.anchors: list[tuple[str, int]] = []
        self.followed: list[tuple[str, str]] = []  # the words and the target of each link
        self.preformatted = 0

    def text(self, text: str) -> None:
        frame = self.frame
        if self.preformatted:
            *whole, last = text.replace("\r\n", "\n").split("\n")
            for line in whole:
                frame.current.append(line)
                self._break(empty=True)
            frame.current.append(last)
            return
        text = _SPACE.sub(" ", text)
        if text.startswith(" ") and (not frame.current or frame.current[-1].endswith(" ")):
            text = text[1:]
        if text:
            frame.current.append(text)

    def _break(self, *, empty: bool = False) -> None:
        frame = self.frame
        if frame.current and any(frame.current):
            frame.end_line()
            return
        frame.current.clear()
        frame.gap = frame.gap or empty

    def open(self, node: LexborNode, tag: str) -> None:
        if tag == "br":
            self._break(empty=True)
        elif tag == "img":
            self._image(node)
        elif tag == "a":
            self.anchors.append(((node.attributes.get("href") or "").strip(), len(self.frame.current)))
        elif tag in ("td", "th"):
            if tag == "th" and self.headed:
                self.headed[-1] = True
            self._open_cell()
        elif tag in _BLOCKS:
            self._open_block(node, tag)

    def _open_block(self, node: LexborNode, tag: str) -> None:
        begun = self.frame.current[:2]
        if not (begun and _ITEM.fullmatch("".join(begun))):  # a paragraph that opens an item stands beside its mark
            self._break()
            self._gap(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag == "table":
            self.headed.append(False)
        elif tag in ("ul", "ol"):
            self.lists.append(_first_number(node) if tag == "ol" else None)
        elif tag == "li":
            self.frame.current.append(self._item())
        elif tag == "pre":
            self.preformatted += 1
        elif tag == "blockquote" and _quotes(node):
            self.frame.quotes += 1

    def close(self, node: LexborNode, tag: str) -> None:
        if tag == "a":
            self._close_link()
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag in _BLOCKS:
            self._close_block(node, tag)

    def _close_block(self, node: LexborNode, tag: str) -> None:
        self._break()
        if tag == "tr" and self.rows:
            self._close_row(self.rows.pop())
        elif tag == "pre":
            self.preformatted -= 1
        elif tag == "blockquote" and _quotes(node):
            self.frame.quotes -= 1
        elif tag == "table" and self.headed:
            self.headed.pop()
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        self._gap(tag)

    def _gap(self, tag: str) -> None:
        """Ask for an empty line around a paragraph; a list inside a list stands close."""
        self.frame.gap = self.frame.gap or (tag in _PARAGRAPHS and not (tag in ("ul", "ol") and self.lists))

    def _item(self) -> str:
        """Return the mark of the next list item, indented by how deep its list stands."""
        number = self.lists[-1] if self.lists else None
        indent = "  " * min(len(self.lists) - 1, _INDENT_CAP)
        if number is None:
            return f"{indent}- "
        self.lists[-1] = number + 1
        return f"{indent}{number}. "

    def _open_cell(self) -> None:
        if not self.rows:
            self.rows.append([])
        self.around.append(self.frame)
        self.frame = _Frame()

    def _close_cell(self) -> None:
        if self.around:
            cell, self.frame = self.frame, self.around.pop()
            cell.end_line()
            if self.rows:
                self.rows[-1].append(cell)

    def _close_row(self, cells: list[_Frame]) -> None:
        filled = [cell.lines for cell in cells if cell.lines]
        if all(len(lines) == 1 for lines in filled):
            # An empty cell keeps its column; at the side of a table without heads it only makes room.
            line = "\t".join(cell.lines[0] if cell.lines else "" for cell in cells).rstrip("\t")
            if filled:
                self.frame.put(line if self.headed and self.headed[-1] else line.lstrip("\t"))
            return
        for lines in filled:
            for line in lines:
                self.frame.put(line)

    def _image(self, node: LexborNode) -> None:
        """Show the description where it is all that a link shows; pixels and decoration say nothing."""
        alt = _SPACE.sub(" ", node.attributes.get("alt") or "").strip()
        if alt and self.anchors and len(self.frame.current) == self.anchors[-1][1]:
            self.frame.current.append(alt)

    def _close_link(self) -> None:
        if not self.anchors:
            return
        target, begin = self.anchors.pop()
        shown = "".join(self.frame.current[begin:]).strip()
        if shown and is_link(target):
            self.followed.append((shown, target))
        if not shown or not is_link(target) or says_itself(shown, target):
            return
        url = real_host(target)
        if url not in self.links and len(self.links) >= _FOOTNOTES_CAP:
            return
        number = self.links.setdefault(url, len(self.links) + 1)
        space = "" if self.frame.current[-1].endswith(" ") else " "
        self.frame.current.append(f"{space}[{number}]")

    def finish(self) -> str:
        while self.around:
            self._close_cell()
        while self.rows:
            self._close_row(self.rows.pop())
        self._break()
        lines = self.frame.lines
        if self.links:
            lines = [*lines, "", *(f"[{number}] {url}" for url, number in self.links.items())]
        return "\n".join(lines)


def _first_number(node: LexborNode) -> int:
    start = node.attributes.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) <= _NUMBER_CAP else 1


def _quotes(node: LexborNode) -> bool:
    """Whether a blockquote quotes; Gmail's indent button makes one too."""
    style = node.attributes.get("style") or ""
    return "gmail_quote" in (node.attributes.get("class") or "") or "border:none" not in style.replace(" ", "")
