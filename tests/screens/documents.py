"""Draw the pages of documents anew: `make screens` (python -m tests.screens.documents, with tests on the path).

Out: the first page of each as PNG, beside this file. Their text is held by tests/documents; a picture is for people.
"""

from __future__ import annotations

from pathlib import Path

from documents.made import example, press

__all__ = ["PICTURES", "main"]

HERE = Path(__file__).resolve().parent
PICTURES = (
    ("quotation", "en"),
    ("quotation", "zh"),
    ("proforma", "en"),
    ("proforma", "zh"),
    ("sample_sheet", "zh"),
    ("work_order", "zh"),
    ("customs_invoice", "en"),
)


def main() -> None:
    """Write them."""
    for kind, language in PICTURES:
        (page,) = press().draw(example(kind, language), language)
        (HERE / f"{kind}.{language}.png").write_bytes(page)


if __name__ == "__main__":
    main()
