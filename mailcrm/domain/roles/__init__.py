"""What a party is to us, guessed from names, words and history: names, what the roles do, hints of a mail, the choice.

Room: domain. A role is added by its names and words; `hints` reads them, `choice` decides.
"""
