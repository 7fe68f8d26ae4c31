"""The site's own settings for tests: a throwaway folder, no HTTPS, the database of one variable."""

import os
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="kaohe-test-"))
(FOLDER / "static").mkdir()
os.environ["KAOHE_DATA"] = str(FOLDER)
os.environ["KAOHE_HTTPS"] = "0"
os.environ["KAOHE_SECRET_KEY"] = "for-tests-only-" * 5
os.environ["DATABASE_URL"] = os.environ.get("KAOHE_TEST_DATABASE_URL", "")

from kaohe_web.settings.django import *  # noqa: E402, F403 -- the variables above come first

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if not os.environ["DATABASE_URL"]:
    DATABASES["default"]["TEST"] = {"NAME": FOLDER / "test.sqlite3"}  # noqa: F405 -- as above
    options = DATABASES["default"]["OPTIONS"]  # noqa: F405 -- as above
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    # nobody pulls the plug of this throwaway file; tests/crash keeps the real setting
