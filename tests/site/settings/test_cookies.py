"""T32: behind HTTPS no neighbouring site can put cookies of its own in the place of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ASK = """
import json
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
call_command("collectstatic", verbosity=0, interactive=False)
settings.ALLOWED_HOSTS.append("testserver")
client = Client(enforce_csrf_checks=True)
answer = client.get("/login/", secure=True)
set_by_us = {name: dict(morsel) for name, morsel in answer.cookies.items()}
tossed = Client(enforce_csrf_checks=True)
tossed.cookies["csrf"] = "t" * 32
status = tossed.post(
    "/login/",
    "csrfmiddlewaretoken=" + "t" * 32,
    content_type="application/x-www-form-urlencoded",
    secure=True,
    headers={"Referer": "https://testserver/"},
)
session, headers = settings.SESSION_COOKIE_NAME, dict(answer.headers)
print(json.dumps([session, set_by_us, status.status_code, headers]))
"""


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """What an installation behind HTTPS answers."""
    environment = {
        **os.environ,
        "KAOHE_DATA": str(tmp_path),
        "KAOHE_HTTPS": "1",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "kaohe_web.settings.django",
    }
    done = subprocess.run(  # noqa: S603 -- our own lines
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_T32_a_cookie_tossed_from_a_subdomain_is_not_ours(told: Any) -> None:
    session, cookies, status, headers = told
    assert (session, list(cookies), status) == ("__Host-kaohe", ["__Host-csrf"], 403)
    said = cookies["__Host-csrf"]
    assert (said["domain"], said["path"], said["secure"], said["httponly"], said["samesite"]) == (
        "",
        "/",
        True,
        True,
        "Lax",
    )
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
