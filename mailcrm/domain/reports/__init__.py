"""What a manager asks about: figures over many turns, made from facts by pure functions.

Room: domain. One file per report, and `period`, which all of them share.
"""
