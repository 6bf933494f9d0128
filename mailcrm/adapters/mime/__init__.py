"""The MailParser adapter: raw bytes to `ParsedMail`.

Room: adapters. In: the raw bytes of a mail. Out: structure and text (mail.md, "Parsing"): a byte splitter with caps, our
own header decoder and charsets, HTML turned to text. The standard library's parser is only the reference of a test.
"""

from __future__ import annotations

from mailcrm.adapters.mime.mail import Mime

__all__ = ["Mime"]
