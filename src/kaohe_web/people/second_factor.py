"""The second factor: a code from a person's telephone every 30 seconds, or a recovery code once."""

import datetime as dt
import hmac
import secrets
import unicodedata

import pyotp
from django.utils.translation import gettext as _

from kaohe_web.audit import trail
from kaohe_web.errors import Invalid
from kaohe_web.people.acting import action
from kaohe_web.people.actor import Actor
from kaohe_web.people.digests import digest
from kaohe_web.people.models import RecoveryCode, User

WINDOW = 1
"""Codes of the time step before and after are taken too: clocks may differ by 30 to 60 seconds."""

RECOVERY_CODES = 10
RECOVERY_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
RECOVERY_LENGTH = 12
ISSUER = "质量工作考核"


def new_secret() -> str:
    """A new secret for an authenticator app: 160 bits in base 32."""
    return pyotp.random_base32()


def app_address(user: User, secret: str) -> str:
    """What the QR code says to the authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.login, issuer_name=ISSUER)


def step_of(secret: str, code: str, at: dt.datetime) -> int | None:
    """The time step whose code this is, within the window; ``None`` if it is none's."""
    totp = pyotp.TOTP(secret)
    now = totp.timecode(at)
    steps = range(now - WINDOW, now + WINDOW + 1)
    right = [step for step in steps if is_code(totp, step, code)]
    return right[0] if right else None


def is_code(totp: pyotp.TOTP, step: int, code: str) -> bool:
    """Whether this is the code of a time step; it takes as long whether it is or not."""
    return hmac.compare_digest(totp.generate_otp(step).encode(), code.encode())


def use(user: User, typed: str, at: dt.datetime) -> str:
    """Use up a code or a recovery code; says which it was, empty if it was neither.

    Whoever comes second with the same code finds it used.
    """
    code = as_typed(typed)
    if code.isascii() and code.isdigit():
        step = step_of(user.totp, code, at)
        fresh = User.objects.filter(pk=user.pk, totp_used__lt=step) if step else None
        return "totp" if fresh is not None and fresh.update(totp_used=step) else ""
    unused = RecoveryCode.objects.filter(
        user=user, digest=digest("recovery code", f"{user.pk}:{code}"), used_at=None
    )
    return "recovery_code" if unused.update(used_at=at) else ""


def as_typed(text: str) -> str:
    """A code as people type it: full-width, in capitals, with blanks and dashes."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(sign for sign in plain if sign.isalnum())


@action("second_factor.set_up", right="account.own")
def set_up(user: User, /, *, by: Actor, at: dt.datetime, secret: str, code: str) -> list[str]:
    """Take a new secret for one's own account, proven by a code; gives new recovery codes.

    The recovery codes are given this once; only their hashes are kept.

    :raises Invalid: if the code is not the secret's.
    """
    assert user == by.user  # noqa: S101 -- pages pass the person's own account
    step = step_of(secret, as_typed(code), at)
    if step is None:
        raise Invalid([wrong_code()])
    user.totp, user.totp_used = secret, step
    user.save(update_fields=["totp", "totp_used"])
    codes = renew_recovery_codes(user)
    trail.record("second_factor.set_up", user, by=by, at=at)
    return codes


@action("recovery_codes.renewed", right="account.own")
def renew_codes(user: User, /, *, by: Actor, at: dt.datetime) -> list[str]:
    """New recovery codes for one's own account; the old ones no longer work."""
    assert user == by.user  # noqa: S101 -- the same
    codes = renew_recovery_codes(user)
    trail.record("recovery_codes.renewed", user, by=by, at=at)
    return codes


def renew_recovery_codes(user: User) -> list[str]:
    """New recovery codes in place of those that were; written as ``abcd-efgh-jkmn``."""
    user.recovery_codes.all().delete()
    codes = [
        "".join(secrets.choice(RECOVERY_SIGNS) for _place in range(RECOVERY_LENGTH))
        for _number in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=digest("recovery code", f"{user.pk}:{code}"))
        for code in codes
    )
    return [f"{code[:4]}-{code[4:8]}-{code[8:]}" for code in codes]


def wrong_code() -> str:
    """What to tell whose code does not fit."""
    return _(
        "动态口令不对，或者已经用过；请等手机上出现下一个 6 位数字再填。"
        "一直不对时，请核对手机的时间（相差不能超过 30 秒）"
    )
