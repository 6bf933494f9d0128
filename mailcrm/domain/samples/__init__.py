"""Samples (打样): what a sample is, how it goes its way, and what each step asks for.

states.py     the states and the steps between them
kinds.py      kinds and directions: which are signed for, what is asked when they have arrived
sheet.py      the sample sheet (打样单): its fields, what must stand in it, its hash
signing.py    who may sign a sheet at an instant
checklist.py  what is looked at before a sample leaves, line by line
gates.py      what a step still lacks: a refused step names all of it
sequence.py   asking how it did: when each mail is due, and when nobody answers
tracking.py   what follows for a sample from the state of its parcel
parcel.py     how a sample leaves the house
printing.py   its sheet, and its proforma for customs, as documents
hints.py      what in a mail speaks of samples
"""
