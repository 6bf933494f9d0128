"""What samples make of mails and of time; `rules.sequences.samples` is how the pipeline sees it.

circle.py    the open samples, whose they are and on which threads they are spoken of
notices.py   couriers' notices
letters.py   what customers write: they ask for samples, have received them, say how they did
ours.py      what we write: a waybill in a mail to the customer, the factory's word among ourselves
tracking.py  what a tracking service answers
passing.py   time: follow-ups, silence, and the mails that are to stand ready
"""
