"""How long a document takes: `make bench` prints it, nothing is timed to pass. The first one of a machine reads its fonts from disk."""

from __future__ import annotations

import time
from dataclasses import replace

from documents.made import example, press

from mailcrm.domain.documents import Quotation

ROUNDS = 5


def test_documents(chinese_font: None) -> None:
    made = example("quotation", "en")
    assert isinstance(made, Quotation)
    sixty = replace(made, lines=made.lines * 20)
    print()
    for name, document, language in (
        ("quotation, 3 lines, English", made, "en"),
        ("quotation, 3 lines, Chinese", example("quotation", "zh"), "zh"),
        ("quotation, 60 lines", sixty, "en"),
        ("proforma, Chinese", example("proforma", "zh"), "zh"),
        ("sample sheet, Chinese", example("sample_sheet", "zh"), "zh"),
        ("work order, Chinese", example("work_order", "zh"), "zh"),
    ):
        seconds = []
        for _round in range(ROUNDS):
            began = time.perf_counter()
            pdf = press().press(document, language)
            seconds.append(time.perf_counter() - began)
        print(
            f"{name}: first {seconds[0]:.2f} s, then {min(seconds[1:]):.2f} to {max(seconds[1:]):.2f} s, {len(pdf) / 1000:.0f} kB"
        )
