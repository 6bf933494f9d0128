"""Passwords and authorisation codes: where they are kept and how they are had.

store.py      ports.Secrets: chooses the place by the account's secret_kind
keychain.py   the keyring of the operating system, where there is a real one
strongbox.py  an encrypted file, where there is none
"""
