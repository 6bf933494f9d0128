"""The customer's questions as ticks, and which of them a reply speaks of.

Room: domain. In: the newest part of a mail, the reply. Out: `Question`s in the order of the mail: the points of a numbered list,
sentences with a question mark, requests that name a thing of the trade. A tick is set where the reply names every such thing, or
answers under the same number; what it only promises or asks back answers nothing. Linear time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from mailcrm.domain.checks import Question
from mailcrm.domain.checks.lines import logical_lines, sentences
from mailcrm.domain.checks.numbering import numbered_points
from mailcrm.domain.checks.trade_words import ANSWERED, REQUESTS, SOCIAL, TOPICS
from mailcrm.domain.phrasebook import Phrases
from mailcrm.domain.phrases import fold
from mailcrm.domain.promises import spoken_promise
from mailcrm.domain.said import Said

__all__ = ["asked_questions", "tick"]

_LINE, _MOST, _LONGEST = 120, 12, 600
_ASKS = re.compile(r"[?？؟⸮՞]")
_ASKS_UNMARKED = re.compile(
    r"(?:吗|嗎|呢|么|(?:です|ます|でしょう|ません)か|(?:습니|입니|합니|됩니|ㅂ니)까|(?:나|가|을까|는지)요)[。.!！~～\s]*$"
    r"|多少|什么|怎么|哪[个种里些家天]|几[个年天种号]|能不能|是不是|有没有|可不可以|是否|能否|可否|多[长大久重]"
    r"|(?i:^\W*(?:what|how(?! ever)|which|why|(?:when|where)(?= (?:can|could|will|would|do|does|is|are))|do you|does (?:it|the|this)|is (?:it|the|there|this)|are (?:you|they|there|these)|can (?:you|we)|could you|have you|will (?:you|it))\b)"
)
_ADDRESS = re.compile(r"(?i)\b(?:https?://|www\.)\S+")
_MODEL = re.compile(r"(?<!\w)(?=\w*[^\W_]-?\w*\d|\d)[\w-]{3,20}(?!\w)")
_LETTERS = re.compile(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_BULLET = re.compile(r"[-*•·–—]\s?(?=\S)")
_TOPIC = {topic: Phrases(phrases) for topic, phrases in TOPICS.items()}
_ANSWER = {topic: Phrases(phrases) for topic, phrases in ANSWERED.items()}
_REQUEST, _SOCIAL = Phrases(REQUESTS), Phrases(SOCIAL)


def asked_questions(text: str) -> tuple[Question, ...]:
    """Return the questions in `text`, at most twelve, none of them ticked."""
    points, rest = numbered_points(_ADDRESS.sub(" ", text))
    found = [(place, _question(words, number)) for place, number, words in points if _LETTERS.search(words)]
    requested = any(_found(_REQUEST, line) for line in (*logical_lines(rest), *(words for _, _, words in points)))
    for place, sentence in enumerate_sentences(rest):
        if _is_question(sentence, requested=requested):
            found.append(
                (place, _question(_BULLET.sub("", sentence, count=1) if _BULLET.match(sentence) else sentence))
            )
    unique = {question.text: question for _place, question in sorted(found, key=lambda one: one[0])}
    return tuple(unique.values())[:_MOST]


def enumerate_sentences(text: str) -> list[tuple[int, str]]:
    """Return (place in `text`, sentence): places are those of the lines that the sentences begin in."""
    placed: list[tuple[int, str]] = []
    start = 0
    for sentence in sentences(text):
        at = text.find(sentence.split(" ", 1)[0], start)
        start = at if at >= 0 else start
        placed.append((start, sentence))
    return placed


def tick(questions: Sequence[Question], reply: str, language: str, today: date) -> tuple[Question, ...]:
    """Return `questions`, ticked where `reply`, written in `language` on `today`, speaks of them."""
    if not questions or not reply.strip():
        return tuple(questions)
    points, _rest = numbered_points(reply)
    told = [one for one in sentences(reply) if _tells(one, language, today)]
    numbers = {
        number for _place, number, words in points if all(_tells(one, language, today) for one in sentences(words))
    }
    topics = {topic for topic in _TOPIC for one in told if _found(_TOPIC[topic], one) or _answers(topic, one)}
    models = {model for one in told for model in _MODEL.findall(fold(one))}
    return tuple(replace(one, answered=_is_answered(one, numbers, topics, models)) for one in questions)


def _is_answered(question: Question, numbers: set[int], topics: set[str], models: set[str]) -> bool:
    if question.number and question.number in numbers:
        return True
    if question.topics:
        return topics.issuperset(question.topics)
    return not models.isdisjoint(_MODEL.findall(fold(question.text)))


def _tells(sentence: str, language: str, today: date) -> bool:
    return not _ASKS.search(sentence) and spoken_promise(sentence, language, today) is None


def _answers(topic: str, sentence: str) -> bool:
    return topic in _ANSWER and _found(_ANSWER[topic], sentence)


def _is_question(sentence: str, *, requested: bool) -> bool:
    """Whether a sentence asks: by its mark, or by a thing of the trade beside a request (for a bullet, anywhere in the mail)."""
    topics = _topics(sentence)
    if not _LETTERS.search(sentence) or (not topics and _found(_SOCIAL, sentence)):
        return False
    if _ASKS.search(sentence) or _ASKS_UNMARKED.search(sentence):
        return True
    if _BULLET.match(sentence) and requested:
        return bool(topics)
    return not sentence.endswith((":", "：")) and bool(topics) and _found(_REQUEST, sentence)


def _question(words: str, number: int = 0) -> Question:
    text = " ".join(words.split())
    shown = text if len(text) <= _LINE else text[: _LINE - 1].rstrip() + "…"
    return Question(shown, number=number, topics=_topics(text))


def _topics(text: str) -> tuple[str, ...]:
    said = Said(text[:_LONGEST])
    return tuple(topic for topic, phrases in _TOPIC.items() if phrases.found_in(said))


def _found(phrases: Phrases, text: str) -> bool:
    return phrases.found_in(Said(text[:_LONGEST]))
