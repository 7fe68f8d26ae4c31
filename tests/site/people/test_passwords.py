"""T33: what a password must be, in both profiles."""

import datetime as dt
from typing import Any

import pytest

from kaohe_web.people import passwords
from kaohe_web.people.common_passwords import is_common
from kaohe_web.people.models import UsedPassword, User
from world import NOW, World

CONTEXT = "含有“%s”，知道您和本系统的人容易猜到；请换一个"
COMMON = "是常见密码或键盘顺序，容易被猜到；请换一个"


@pytest.fixture
def asvs(settings: Any) -> None:
    """The other profile."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"profile": "asvs"})


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("Shan-Lu-Yu-88", []),
        ("山路Lu88灯塔下水声", []),
        ("Aa1 Bb2 Cc3 Dd4", []),
        ("Sha-Lu-88", ["只有 9 位，至少要 10 位"]),
        (
            "shanluyulin",
            ["大写字母、小写字母、数字、其他字符（含汉字）中至少要有 3 种，现在只有 1 种"],
        ),
        (
            "shanluyu889",
            ["大写字母、小写字母、数字、其他字符（含汉字）中至少要有 3 种，现在只有 2 种"],
        ),
        ("Shan\0Lu-Yu-88", ["含有空字符（NUL），请重新键入"]),
        ("P@ssw0rd2024!", [COMMON]),
        ("Qwerty-1234567", [COMMON]),
        ("Shan-Lu-Yu-88" * 10, ["有 130 位，超过 128 位；请缩短"]),
        (("Shan-Lu-Yu-88" * 10)[:128], []),
    ],
)
def test_T33_dengbao3_asks_for_length_and_kinds(password: str, found: list[str]) -> None:
    assert passwords.faults(password, None) == found


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("雨后山路灯下水声", []),
        ("correct horse river", []),
        ("82749501", []),
        ("a" * 3 + "river lamp", []),
        ("短短七个字密钥", ["只有 7 位，至少要 8 位"]),
        ("correct\0horse", ["含有空字符（NUL），请重新键入"]),
        ("password2024", [COMMON]),
        ("12345678", [COMMON]),
        ("x" * 129, ["有 129 位，超过 128 位；请缩短"]),
    ],
)
@pytest.mark.usefixtures("asvs")
def test_T33_asvs_asks_for_length_only(password: str, found: list[str]) -> None:
    assert passwords.faults(password, None) == found


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("My-KaoHe-2291", "kaohe"),
        ("质量Shan-Lu-88", "质量"),
        ("Shan-liaison-88", "liaison"),
        ("城东区-Shan-88", "城东区"),
        ("市监局-Shan-88", "市监局"),
        ("联络员-Shan-88", "联络员"),
    ],
)
def test_T33_words_of_the_place_and_person_are_refused(
    world: World, password: str, word: str
) -> None:
    assert passwords.faults(password, world.posts["liaison"].user) == [CONTEXT % word]


def test_T33_none_of_the_last_five_comes_back(world: World) -> None:
    user = world.posts["liaison"].user
    mine = [f"Shan-Lu-Yu-{number}8" for number in range(7)]
    for number, password in enumerate(mine):
        passwords.put(user, password, NOW + dt.timedelta(days=number))
    refused = "与最近 5 个密码之一相同；请换一个新的"
    assert [passwords.faults(password, user) for password in mine] == [[], []] + [[refused]] * 5
    assert UsedPassword.objects.filter(user=user).count() == 5


@pytest.mark.usefixtures("asvs")
def test_T33_asvs_forbids_no_earlier_password(world: World) -> None:
    user = world.posts["liaison"].user
    passwords.put(user, "correct horse river", NOW)
    assert passwords.faults("correct horse river", user) == []


def test_T33_a_password_lasts_ninety_days_in_dengbao3() -> None:
    user = User(password_at=NOW)
    ages = [(days, passwords.is_old(user, NOW + dt.timedelta(days=days))) for days in (0, 90, 91)]
    assert ages == [(0, False), (90, False), (91, True)]
    assert passwords.days_left(user, NOW + dt.timedelta(days=80)) == 10


@pytest.mark.usefixtures("asvs")
def test_T33_a_password_has_no_end_in_asvs() -> None:
    user = User(password_at=NOW)
    assert not passwords.is_old(user, NOW + dt.timedelta(days=5000))
    assert passwords.days_left(user, NOW) is None


def test_T33_one_password_however_the_keyboard_composes_it() -> None:
    assert passwords.composed("Cafe\u0301-Lu-88") == "Caf\u00e9-Lu-88"


@pytest.mark.parametrize(
    ("password", "common"),
    [
        ("Admin@123456", True),
        ("1qaz@WSX3edc", True),
        ("woaini5201314", True),
        ("Summer2024!", True),
        ("iL0veY0u!!", True),
        ("密码123456", True),
        ("2017-10-20", True),
        ("88888888", True),
        ("abcabcabc", True),
        ("7#92!4xk@5", False),
        ("9 3#7 1x 5", False),
        ("Xk7#mQ2pLw", False),
        ("雨后山路", False),
    ],
)
def test_T33_common_passwords_are_known_in_every_bend(password: str, common: bool) -> None:  # noqa: FBT001 -- the table's answer
    assert is_common(password) is common


def test_T41_only_hashes_of_passwords_are_kept(world: World) -> None:
    user = world.posts["liaison"].user
    passwords.put(user, "Shan-Lu-Yu-88", NOW)
    kept = [user.password, *user.used_passwords.values_list("hash", flat=True)]
    assert [each.split("$")[:2] for each in kept] == [["argon2", "argon2id"]] * 2
