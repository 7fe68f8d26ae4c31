"""What a password must be, in the two profiles, and how long it lasts.

``dengbao3`` (等保三级) asks for kinds of characters and a new one every 90 days; ``asvs`` (OWASP)
forbids both and asks for nothing but length. Neither takes a common password or one made of words
of the place.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kaohe_web.people.common_passwords import is_common
from kaohe_web.people.models import Post, UsedPassword, User

LONGEST = 128
KEPT = 5
"""None of so many last passwords comes back (dengbao3)."""

WORDS = ("kaohe", "zhiliang", "zhiqiang", "考核", "质量", "质强", "评分", "等保")
"""Words of the system, which its password must not lean on."""

SHORTEST_WORD = {True: 3, False: 2}
"""Characters of a word that counts as context: ASCII or not."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What one of the two profiles asks for."""

    shortest: int
    kinds: int
    days: int | None
    kept: int


PROFILES = {
    "dengbao3": Profile(shortest=10, kinds=3, days=90, kept=KEPT),
    "asvs": Profile(shortest=8, kinds=0, days=None, kept=0),
}


def profile() -> Profile:
    """The profile of this installation (``KAOHE_PROFILE``)."""
    return PROFILES[settings.ENVIRONMENT.profile]


def composed(password: str) -> str:
    """A password in one form of Unicode, so that every keyboard writes the same."""
    return unicodedata.normalize("NFC", password)


class Rules:
    """The rules of the installation's profile, as Django asks for them."""

    def validate(self, password: str, user: User | None = None) -> None:
        """:raises ValidationError: with everything that is wrong with a new password."""
        found = faults(password, user)
        if found:
            raise ValidationError(found)

    def get_help_text(self) -> str:
        """What a password must be, before it is thought of."""
        asked = profile()
        if asked.kinds:
            return _(
                "至少 %(shortest)s 位，大写字母、小写字母、数字、"
                "其他字符（含汉字）中至少 %(kinds)s 种；"
                "每 %(days)s 天更换，不与最近 %(kept)s 个相同；"
                "不用常见密码，不含用户名、姓名、单位名称。"
            ) % {
                "shortest": asked.shortest,
                "kinds": asked.kinds,
                "days": asked.days,
                "kept": asked.kept,
            }
        return _(
            "至少 %(shortest)s 个字符，汉字、空格都可以，越长越好；"
            "不用常见密码，不含用户名、姓名、单位名称。"
        ) % {"shortest": asked.shortest}


def faults(password: str, user: User | None) -> list[str]:
    """Everything that is wrong with a new password of an account."""
    found = [*shape_faults(password, profile()), *word_faults(password, user)]
    if user is not None and user.pk and not found and was_used(password, user):
        found.append(_("与最近 %(count)s 个密码之一相同；请换一个新的") % {"count": KEPT})
    return found


def shape_faults(password: str, asked: Profile) -> Iterator[str]:
    """What is wrong with a password whoever it is for."""
    if "\0" in password:
        yield _("含有空字符（NUL），请重新键入")
        return
    if len(password) < asked.shortest:
        yield _("只有 %(count)s 位，至少要 %(shortest)s 位") % {
            "count": len(password),
            "shortest": asked.shortest,
        }
    if len(password) > LONGEST:
        yield _("有 %(count)s 位，超过 %(longest)s 位；请缩短") % {
            "count": len(password),
            "longest": LONGEST,
        }
        return
    if kinds_in(password) < asked.kinds:
        yield _(
            "大写字母、小写字母、数字、其他字符（含汉字）中"
            "至少要有 %(kinds)s 种，现在只有 %(count)s 种"
        ) % {"kinds": asked.kinds, "count": kinds_in(password)}
    if is_common(password):
        yield _("是常见密码或键盘顺序，容易被猜到；请换一个")


def kinds_in(password: str) -> int:
    """How many of the four kinds are in it: capitals, small letters, digits, all others."""
    patterns = ("[A-Z]", "[a-z]", "[0-9]", "[^A-Za-z0-9]")
    return sum(1 for pattern in patterns if re.search(pattern, password))


def word_faults(password: str, user: User | None) -> Iterator[str]:
    """The words of the place and the person that a password leans on."""
    plain = password.casefold()
    found = next((word for word in context_words(user) if word in plain), "")
    if found:
        yield _("含有“%(word)s”，知道您和本系统的人容易猜到；请换一个") % {"word": found}


def context_words(user: User | None) -> Iterator[str]:
    """The words that make a password easy to guess for who knows person and place."""
    yield from WORDS
    if user is None:
        return
    texts = [user.login, user.name]
    posts = user.posts.select_related("unit", "department__unit", "provider") if user.pk else ()
    for post in posts:
        texts += names_of(post)
    for text in texts:
        for word in re.split(r"[\W_]+", text.casefold().replace("示例", " ")):
            if len(word) >= SHORTEST_WORD[word.isascii()]:
                yield word


def names_of(post: Post) -> list[str]:
    """The names of the bodies of a post."""
    bodies = (post.unit, post.department, post.department and post.department.unit, post.provider)
    return [body.name for body in bodies if body is not None]


def was_used(password: str, user: User) -> bool:
    """Whether it is one of the last passwords of an account, where the profile forbids that."""
    kept = profile().kept
    hashes = user.used_passwords.order_by("-at", "-id").values_list("hash", flat=True)[:kept]
    return any(check_password(password, each) for each in hashes)


def is_old(user: User, at: dt.datetime) -> bool:
    """Whether an account's password must be changed now."""
    days = profile().days
    if days is None:
        return False
    return user.password_at is None or at - user.password_at > dt.timedelta(days=days)


def days_left(user: User, at: dt.datetime) -> int | None:
    """In how many days the password must be changed; ``None``: never."""
    days = profile().days
    if days is None or user.password_at is None:
        return None
    return days - (at - user.password_at).days


def put(user: User, password: str, at: dt.datetime) -> None:
    """Give an account a new password and keep the hash with its last ones; it is valid already."""
    user.set_password(password)
    user.password_at = at
    user.save(update_fields=["password", "password_at"])
    UsedPassword.objects.create(user=user, hash=user.password, at=at)
    last = user.used_passwords.order_by("-at", "-id").values_list("pk", flat=True)
    user.used_passwords.exclude(pk__in=list(last[:KEPT])).delete()
