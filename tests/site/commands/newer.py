"""Lets an installation's database look as if a newer version had been at it.

python newer.py APP MIGRATION
"""

import sys

import django

django.setup()

from django.db import connection  # noqa: E402 -- Django had to wake first
from django.db.migrations.recorder import MigrationRecorder  # noqa: E402 -- the same

MigrationRecorder(connection).record_applied(sys.argv[1], sys.argv[2])
print("{}")  # noqa: T201 -- its output
