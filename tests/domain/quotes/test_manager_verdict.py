"""A manager's mail lets a quote pass only where its first line says yes, plainly: not in a question, with a condition, or in a "can't"."""

from __future__ import annotations

import pytest

from mailcrm.domain.quotes.approval import read_verdict


@pytest.mark.parametrize(
    "answer",
    [
        "Approved.",
        "Approved, no changes.",
        "OK, no objections from me.",
        "Agreed",
        "ok",
        "同意。",
        "批准，尽快发给客户",
        "可以",
    ],
)
def test_a_plain_yes_approves(answer: str) -> None:
    assert read_verdict(answer) is True


@pytest.mark.parametrize(
    "answer",
    [
        "I can't approve this price.",
        "I can’t approve this price.",
        "We cannot approve 2.30.",
        "Don't approve it.",
        "Please don’t ok this one.",
        "Never agreed to that.",
        "I am unable to approve this.",
        "Not approved.",
        "No, not at this price",
        "未通过",
        "没同意",
        "别批准这个价格",
        "不同意",
    ],
)
def test_a_refusal_in_whatever_words_rejects(answer: str) -> None:
    assert read_verdict(answer) is False


@pytest.mark.parametrize(
    "answer",
    [
        "Who approved this?",
        "Is this approved by Li?",
        "Why can't they agree on 2.60? Was 2.40 approved?",
        "OK if they take 5,000 pcs.",
        "OK, but at 2.45.",
        "I will approve it once the deposit is 50 %.",
        "Approved only with the balance before shipment.",
        "可以吗？",
        "如果定金 50% 就同意",
        "暂缓，等我回来再批准",
        "Fine weather today.",
    ],
)
def test_a_question_or_a_condition_is_no_verdict(answer: str) -> None:
    assert read_verdict(answer) is None
