"""Signing in with OAuth 2.0: a person signs in once in the browser, and mailcrm keeps what stands for it.

Room: adapters. How it goes, and which module does it:

1. `mailcrm account authorize NAME` sends the person to the provider's page, either
       browser.py   in this computer's browser, which the page leads back to a port of mailcrm, or
       device.py    on any device: open an address, type a code; mailcrm asks now and then whether it happened.
2. The provider gives a *refresh token*, which the secret store keeps like a password.
3. access.py       exchanges it for an *access token* whenever one is needed, and keeps that in memory for its hour.
4. bearer.py       shows the access token to the mail server in place of a password (IMAP and SMTP).

endpoint.py puts the provider's questions and answers into words; web.py is the HTTP below it, and the only one who knows it.
"""
