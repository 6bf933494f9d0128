"""Documents as PDF.

press.py      the press: typst in a process of its own
compiling.py  that process
contents.py   a document's content made ready: text that is only text, pictures that are pictures
found.py      templates and words, the home's own first
fonts.py      which fonts are looked for
fake.py       a press without typst, for tests
file_text.py  the text of a file that is about to leave, read by extracting.py in a process of its own
"""
