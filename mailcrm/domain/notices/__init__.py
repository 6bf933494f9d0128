"""Notices: who is told of a deadline, when, and in which words. Pure: no database, no clock, no chance.

levels.py    what there is to tell of a deadline, and for whom
hours.py     when people may be told: office days, quiet hours, duties on rest days
planning.py  plan(watch, rota, told, now) -> what is to be told now, and when to look again
digest.py    one digest per person and moment
wording.py   the sentences
"""
