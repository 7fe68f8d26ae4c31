"""Text that the database keeps sealed: personal data and the secrets of second factors.

Sealed by AES-256-GCM with a key drawn from the installation's secret: whoever copies the database
file reads no telephone number.
"""

import base64
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    _Text = models.TextField[Any, Any]
else:
    _Text = models.TextField

VERSION = "v1:"
NONCE = 12


@lru_cache(maxsize=4)
def cipher(secret: str) -> AESGCM:
    """The cipher of an installation's secret."""
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"kaohe sealed field")
    return AESGCM(derive.derive(secret.encode()))


def seal(text: str) -> str:
    """The text, sealed; empty stays empty."""
    if not text:
        return ""
    nonce = os.urandom(NONCE)
    sealed = cipher(settings.SECRET_KEY).encrypt(nonce, text.encode(), VERSION.encode())
    return VERSION + base64.b64encode(nonce + sealed).decode("ascii")


def unseal(sealed: str) -> str:
    """The text that was sealed.

    :raises cryptography.exceptions.InvalidTag: if it was changed, or the secret is another.
    """
    if not sealed:
        return ""
    raw = base64.b64decode(sealed.removeprefix(VERSION))
    return cipher(settings.SECRET_KEY).decrypt(raw[:NONCE], raw[NONCE:], VERSION.encode()).decode()


class SealedField(_Text):
    """A text column whose content is sealed in the database and plain in the program."""

    def from_db_value(self, value: str | None, *_: object) -> str:
        """The plain text of a row."""
        return unseal(value or "")

    def get_prep_value(self, value: Any) -> str:  # noqa: ANN401 -- Django's own signature
        """The sealed text for a row."""
        return seal(str(value or ""))
