"""T62: the disk is full, on a file system of eight megabytes beyond what is there already."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from installation import SERVER, Installation
from processes import Filled

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="只有 root 能挂载小文件系统 (only root mounts)"),
    pytest.mark.skipif(SERVER != "", reason="PostgreSQL keeps its data elsewhere"),
]
MEGABYTE = 1024 * 1024


@pytest.fixture
def small(filled: Filled, tmp_path: Path) -> Iterator[Installation]:
    """The installation on a file system that is soon full."""
    folder = tmp_path / "small"
    folder.mkdir()
    used = sum(path.stat().st_size for path in filled.installation.folder.rglob("*"))
    size = used // MEGABYTE + 14
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)  # noqa: S603 -- a file system of our own
    try:
        subprocess.run(  # noqa: S603 -- our own files
            ["/bin/cp", "-a", f"{filled.installation.folder}/.", str(folder)], check=True
        )
        yield Installation(folder)
    finally:
        subprocess.run(["/bin/umount", "-l", str(folder)], check=True)  # noqa: S603 -- the same


def fill(folder: Path) -> Path:
    """Fill the file system to its last byte."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file:
        for size in (MEGABYTE, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return path


def test_T62_a_full_disk_is_told_nothing_is_half_written_and_all_is_well_with_space_again(
    small: Installation, filled: Filled, tmp_path: Path
) -> None:
    cookie = filled.cookie("liaison")
    small.variables = {"KAOHE_JOBS": "separate"}
    small.script("commands/tell_all.py", "1")
    with small.serving():
        page = small.get("/notices/", cookie)[1]
        before = small.script("commands/last_entry.py")
        filler = fill(small.folder)
        refused = small.post("/notices/read/", cookie, page)
        ready = small.get("/readyz")
        backup = small.run("backup", "-o", str(small.folder / "backup.zip"))
        elsewhere = small.run("backup", "-o", str(tmp_path / "backup.zip"))
        meanwhile = small.script("commands/last_entry.py")
        filler.unlink()
        done = small.post("/notices/read/", cookie, small.get("/notices/", cookie)[1])
        again = small.get("/readyz")
        after = small.script("commands/last_entry.py")
    assert (refused[0], "服务器磁盘已满" in refused[1]) == (503, True)
    assert (ready[0], json.loads(ready[1])["disk"]) == (503, False)
    assert (backup.returncode, "Traceback" in backup.stderr) == (1, False)
    assert (elsewhere.returncode, "Traceback" in elsewhere.stderr) == (1, False)
    assert list(small.folder.glob("backup*")) == list(tmp_path.glob("backup.zip*")) == []
    assert meanwhile == before
    assert (done[0], again[0]) == (302, 200)
    assert (after["what"], after["details"]) == ("notices.read", {"count": 1})
    assert small.run("audit", "verify").returncode == 0
