"""What the database keeps of a secret: a keyed hash, of no use without the installation's key."""

from django.utils.crypto import salted_hmac


def digest(purpose: str, secret: str) -> str:
    """The hash of a secret for one purpose: 64 hexadecimal digits."""
    return salted_hmac(f"kaohe {purpose}", secret, algorithm="sha256").hexdigest()
