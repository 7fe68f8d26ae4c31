"""How many accounts and posts an installation has."""

import json

import django

django.setup()

from kaohe_web.people.models import Post, User  # noqa: E402 -- Django had to wake first

print(json.dumps({"users": User.objects.count(), "posts": Post.objects.count()}))  # noqa: T201 -- its output
