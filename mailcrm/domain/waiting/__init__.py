"""Waiting for them: the mirror of the reply clock, `wait(thread, now) = f(messages, decisions, calendar)`, and nothing else.

steps.py      when nudges are due, in working days of the customer's country
wait.py       what we wait for, and what state that is in at an instant
replay.py     replay(events, schedule) -> Wait: the state machine
story.py      what each event changed, for `explain`
hours.py      when an unattended nudge may leave
question.py   the question that a mail asks, read from its text
"""
