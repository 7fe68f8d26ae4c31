"""T53: names are found however their letters are typed, and only the letters that are meant."""

import pytest

from evidence.desk import upload_of
from files.making import pdf
from kaohe_web.audit import trail
from kaohe_web.filing import evidence
from kaohe_web.filing.stored_files import keep
from kaohe_web.people.actor import Nobody
from kaohe_web.people.models import Contact, User
from kaohe_web.people.searching import with_words
from world import NOW, World

KANGXI = "\u2f2f信科"
"""工信科, with the radical that PDF files put in the place of 工."""

NAMES = (KANGXI, "工业科", "ｱｲ室", "監理处", "监理处", "䶮𠅤㐂", "Ｃafe 办")


@pytest.fixture
def listed(world: World) -> World:
    """A contact of each name."""
    for name in NAMES:
        Contact.objects.create(name=name, body="市领导小组办公室（示例）")
    return world


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("工", [KANGXI, "工业科"]),
        ("\u2f2f", [KANGXI, "工业科"]),
        ("アイ", ["ｱｲ室"]),
        ("ｱｲ", ["ｱｲ室"]),
        ("监", ["监理处"]),
        ("監", ["監理处"]),
        ("㐂", ["䶮𠅤㐂"]),
        ("𠅤", ["䶮𠅤㐂"]),
        ("cafe办", ["Ｃafe 办"]),
        ("ＣＡＦＥ", ["Ｃafe 办"]),
        ("没有", []),
    ],
)
def test_T53_a_name_is_found_however_its_letters_are_typed(
    listed: World, words: str, found: list[str]
) -> None:
    page = listed.client("office").get("/contacts/", {"words": words})
    assert sorted(contact.name for contact, _said in page.context["rows"]) == sorted(found)


def test_T53_accounts_files_and_the_trail_are_searched_alike(world: World) -> None:
    User.objects.filter(login="liaison").update(name=KANGXI)
    found = world.client("security_officer").get("/people/", {"words": "工信"})
    assert [user.login for user, *_said in found.context["rows"]] == ["liaison"]

    by, unit = world.actor("liaison"), world.assessed[0]
    kept = keep(upload_of(pdf(1), f"{KANGXI}方案.pdf"), by=by, at=NOW)
    evidence.upload(unit, by=by, at=NOW, part="M9", kept=kept)
    address = f"/cycles/{world.cycle.pk}/evidence/"
    assert (
        f"{KANGXI}方案.pdf"
        in world.client("office").get(address, {"words": "工信"}).content.decode()
    )

    trail.record("urge.sent", None, by=Nobody(name="工信科", login="gongxin"), at=NOW)
    seen = world.client("audit_officer").get("/audit/", {"who": KANGXI})
    assert [row.name for row, _what in seen.context["rows"]] == ["工信科"]


def test_T53_a_search_stays_within_what_one_may_see(listed: World) -> None:
    rows = Contact.objects.filter(name__startswith="监")
    assert [each.name for each in with_words(rows, "理处", "name")] == ["监理处"]
    assert listed.client("assessor").get("/contacts/", {"words": "工"}).status_code == 403
