"""A manager's mail lets a quote pass only where what it says first is a plain yes: not a question, a condition, or a "can't"."""

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


@pytest.mark.parametrize(
    "greeting",
    [
        "Hi Li,",
        "Dear Li Wei,",
        "Good morning Li!",
        "李经理您好：",
        "小李：",
        "您好！",
        "Hola Li:",
        "Estimado Li,",
        "Hallo Li,",
        "Sehr geehrter Herr Li,",
        "Bonjour Li,",
        "Здравствуйте, Ли!",
        "Olá Li,",
        "السلام عليكم",
    ],
)
def test_a_salutation_says_nothing_yet(greeting: str) -> None:
    assert read_verdict(f"{greeting}\n\nApproved.\n") is True
    assert read_verdict(f"{greeting}\n不同意\n") is False
    assert read_verdict(f"{greeting}\n\nThe customer called.\nApproved.") is None
    assert read_verdict(f"{greeting}\n\n> Approved.") is None
    assert read_verdict(f"{greeting}\nBest regards,\nOK Trading") is None
