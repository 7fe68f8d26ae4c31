"""Fills an installation with the small world of the tests; prints the cookies of its people."""

import json

import django

django.setup()

from django.conf import settings  # noqa: E402 -- Django had to wake first
from django.core.management import call_command  # noqa: E402 -- the same
from django.utils import timezone  # noqa: E402 -- the same

from kaohe_web.people.models import User  # noqa: E402 -- the same
from world import make_world  # noqa: E402 -- the same

settings.ALLOWED_HOSTS.append("testserver")
call_command("migrate", verbosity=0, interactive=False)
world = make_world()
User.objects.update(seen_at=timezone.now(), password_at=timezone.now())
name = settings.SESSION_COOKIE_NAME
cookies = {post: world.client(post).cookies[name].value for post in world.posts}
told = {"cookie": name, "cookies": cookies, "cycle": world.cycle.pk}
print(json.dumps({**told, "assessed": world.assessed[0].pk}))  # noqa: T201 -- its output
