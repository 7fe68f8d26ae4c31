"""T41: what somebody reads who copies the database."""

import pyotp
from django.db import connection
from django.test import Client

from kaohe_web.people import accounts, second_factor
from kaohe_web.people.models import Contact
from people.door import PASSWORD, Door, clock, send
from world import NOW

MOBILE, PHONE, EMAIL = "13800138000", "0427-2823456", "lianxi@example.gov.cn"


def everything_kept() -> bytes:
    """Every row of every table, as a dump of the database holds it."""
    kept = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 -- the database's own names
            kept += [repr(row) for row in cursor.fetchall()]
    return "\n".join(kept).encode()


def test_T41_no_password_token_seed_or_number_is_kept_in_clear(door: Door) -> None:
    world = door.world
    by = world.actor("security_officer")
    user = door.ready("assessor")
    client = Client(REMOTE_ADDR="10.1.1.1")
    door.password("assessor", client=client)
    seed = client.get("/login/second-factor/").context["secret"]
    before_set_up = everything_kept()
    code = pyotp.TOTP(seed).at(clock())
    codes = send(client, "/login/second-factor/", {"code": code}).context["codes"]
    liaison = world.posts["liaison"].user
    link = accounts.make_link(liaison, by=by, at=NOW, reason="新任")
    typed_as_login = "My-Own-Password-77"
    door.password(typed_as_login, "x")
    Contact.objects.create(
        body="示例单位", name="甲示例", mobile=MOBILE, phone=PHONE, fax=PHONE, email=EMAIL
    )
    world.client("office").post(
        f"/contacts/{Contact.objects.get().pk}/reveal/", {"purpose": "通知核查"}
    )
    key = client.session.session_key
    kept = everything_kept()
    secrets = [PASSWORD, typed_as_login, seed, link, key or "", MOBILE, PHONE, EMAIL]
    secrets += codes + [each.replace("-", "") for each in codes]
    found = [each for each in secrets if each.encode() in kept or each.lower().encode() in kept]
    assert found == []
    assert seed.encode() not in before_set_up
    assert "甲示例".encode() in kept
    assert user.login.encode() in kept
    user.refresh_from_db()
    assert (user.totp, second_factor.RECOVERY_CODES) == (seed, len(codes))
