"""The last entry of an installation's trail."""

import json

import django

django.setup()

from kaohe_web.audit.models import Entry  # noqa: E402 -- Django had to wake first

entry = Entry.objects.order_by("-seq").first()
what, details = (entry.what, entry.details) if entry else ("", "")
print(json.dumps({"what": what, "details": json.loads(details or "{}")}))  # noqa: T201 -- its output
