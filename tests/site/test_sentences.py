"""Every sentence of the site has its English, and the compiled file is the one of the sentences."""

from io import BytesIO

import messages
from babel.messages.pofile import read_po


def test_every_sentence_of_the_code_is_kept_and_none_that_is_gone() -> None:
    kept = (messages.FOLDER / "django.po").read_bytes()
    assert messages.as_text(messages.current()) == kept, "run make docs"


def test_no_sentence_lacks_its_english() -> None:
    assert messages.missing(messages.kept()) == []


def test_the_compiled_sentences_are_current() -> None:
    kept = read_po(BytesIO((messages.FOLDER / "django.po").read_bytes()), locale="en")
    compiled = (messages.FOLDER / "django.mo").read_bytes()
    assert messages.compiled(kept) == compiled, "run make docs"
