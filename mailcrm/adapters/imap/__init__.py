"""Reading mailboxes over IMAP.

source.py    ports.MailSource on imapclient
session.py   connecting, STARTTLS, login, ID
wire.py      imapclient with caps, names as raw bytes
folders.py   LIST answers, one by one
trouble.py   every error of the libraries as a sentence with its mend
probe.py     what is wrong with an account
fake.py      a mailbox in memory that keeps the same contract
"""
