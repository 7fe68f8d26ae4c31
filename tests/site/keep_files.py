"""Puts some files into an installation's store, with their rows; prints their hashes.

python keep_files.py COUNT
"""

import hashlib
import json
import sys
import tempfile
from pathlib import Path

import django

django.setup()

from django.utils import timezone  # noqa: E402 -- Django had to wake first

from kaohe_web.files.configured import evidence_store  # noqa: E402 -- the same
from kaohe_web.filing.models import StoredFile  # noqa: E402 -- the same

hashes = []
for number in range(int(sys.argv[1])):
    content = f"第 {number} 份佐证材料（示例）\n".encode() * 1000
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        sha256 = hashlib.sha256(content).hexdigest()
        evidence_store().put(Path(file.name), sha256)
    StoredFile.objects.create(
        sha256=sha256, size=len(content), type="txt", stored_at=timezone.now()
    )
    hashes.append(sha256)
print(json.dumps(sorted(hashes)))  # noqa: T201 -- its output
