"""Replies as mail programs write them: the writer's own words, what is quoted, the signature."""

from __future__ import annotations

import pytest
from ingest.reply_forms import FORMS, Form, letter

from mailcrm.adapters.mime import Mime
from mailcrm.ingest.reading import read_mail


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_the_reply_is_what_its_writer_wrote(form: Form) -> None:
    got = read_mail(Mime(), letter(form).encode())
    assert got.reply.split() == form.reply.split()
    assert bool(got.quoted_lines) is form.quoted
    assert got.signature.startswith(form.signature)
    assert bool(got.signature) is bool(form.signature)
