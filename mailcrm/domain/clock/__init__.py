"""The reply clock: `clock(thread, now) = f(messages, human decisions, policy, calendar)`, and nothing else.

ledger.py     the events that can happen on a thread: facts about messages and decisions of people
turns.py      replay(events, policy) -> Account: turns and the story line by line
policy.py     how long there is to answer
states.py     what a turn's state is at an instant
estimate.py   "tomorrow 17:00", "+2wd", "Thu" -> an instant
office.py     office days and hours
"""
