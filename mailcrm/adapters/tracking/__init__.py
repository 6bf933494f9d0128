"""Services that know where parcels are.

seventeen.py  17TRACK's published API, version 2.4, over HTTPS
answers.py    what its documents say, as events
pace.py       asks no more often than is allowed, and not twice for the same
troubles.py   what goes wrong, as errors with the mend
fake.py       a tracker without a network
"""
