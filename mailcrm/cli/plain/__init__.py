"""Answers for people: text in columns, in the language of the moment.

Each printer takes (out, rows, core): where to write, what, and the core for the zone and the hour. Words for states, roles
and instants are those of the screens. Imported only when something is printed.
"""
