"""T62: the disk is full, read-only or out of inodes, on a small file system of its own."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from files.making import drawn
from installation import SEED, SERVER, Installation
from processes import Filled

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="只有 root 能挂载小文件系统 (only root mounts)"),
    pytest.mark.skipif(SERVER != "", reason="PostgreSQL keeps its data elsewhere"),
]
MEGABYTE = 1024 * 1024
INODES = 3_000


def mount(*arguments: str) -> None:
    """Mount a file system of our own, or change how it is mounted."""
    subprocess.run(["/bin/mount", *arguments], check=True)  # noqa: S603 -- our own arguments


@pytest.fixture
def small(filled: Filled, tmp_path: Path) -> Iterator[Installation]:
    """The installation on a file system that is soon full."""
    folder = tmp_path / "small"
    folder.mkdir()
    used = sum(path.stat().st_size for path in filled.installation.folder.rglob("*"))
    size = used // MEGABYTE + 14
    mount("-t", "tmpfs", "-o", f"size={size}m,nr_inodes={INODES}", "tmpfs", str(folder))
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


def use_up_inodes(folder: Path) -> Callable[[], None]:
    """Make empty files until there can be no more; what takes them away again."""
    made: list[Path] = []
    try:
        for number in range(INODES):
            path = folder / f"empty-{number}"
            path.touch()
            made.append(path)
    except OSError:
        pass

    def undo() -> None:
        for path in made:
            path.unlink()

    return undo


def fill_up(folder: Path) -> Callable[[], None]:
    """Fill it to its last byte; what makes room again."""
    return fill(folder).unlink


@dataclass
class Liaison:
    """Somebody who uploads a picture and reads their messages."""

    site: Installation
    filled: Filled

    def upload(self, name: str) -> tuple[int, bool]:
        """How an upload is answered, and whether it is said that the disk is at fault."""
        cookie, year = self.filled.cookie("liaison"), self.filled.told["cycle"]
        part = f"/cycles/{year}/units/{self.filled.told['assessed']}/parts/M9/evidence"
        fields = {"csrfmiddlewaretoken": SEED, "label": "internal"}
        picture = (name, "image/png", drawn("PNG", (600, 400)))
        status, page = self.site.upload(f"{part}/upload/", cookie, fields, picture)
        return status, "文件没有存下" in page or "磁盘" in page or "不能写入" in page

    def read(self) -> int:
        """How it is answered that all messages were read."""
        page = 'name="csrfmiddlewaretoken" value="' + SEED + '"'
        return self.site.post("/notices/read/", self.filled.cookie("liaison"), page)[0]


@pytest.mark.parametrize("spoil", [fill_up, use_up_inodes])
def test_T62_nothing_is_taken_while_the_disk_takes_nothing_and_all_is_well_again(
    small: Installation, filled: Filled, spoil: Callable[[Path], Callable[[], None]]
) -> None:
    small.variables = {"KAOHE_JOBS": "separate"}
    somebody = Liaison(small, filled)
    with small.serving():
        assert somebody.read() == 302
        before = small.script("commands/inventory.py")
        undo = spoil(small.folder)
        refused = somebody.upload("一.png")
        ready = small.get("/readyz")
        undo()
        meanwhile = small.script("commands/inventory.py")
        again, taken, read = small.get("/readyz")[0], somebody.upload("二.png"), somebody.read()
    assert refused == (503, True)
    assert (ready[0], json.loads(ready[1])["disk"]) == (503, False)
    for found in (before, meanwhile):
        found["tables"].pop("people_session", None)
    assert meanwhile == before
    assert (again, taken[0], read) == (200, 302, 302)
    assert not list(small.folder.glob("incoming/*")) + list(small.folder.glob("quarantine/*"))
    assert small.run("audit", "verify").returncode == 0


def test_T62_a_folder_that_can_only_be_read_is_told_and_takes_nothing(
    small: Installation, filled: Filled
) -> None:
    small.variables = {"KAOHE_JOBS": "separate"}
    somebody, quarantine = Liaison(small, filled), small.folder / "quarantine"
    quarantine.mkdir(mode=0o700)
    with small.serving():
        mount("-t", "tmpfs", "-o", "ro", "tmpfs", str(quarantine))
        refused = somebody.upload("一.png")
        subprocess.run(["/bin/umount", str(quarantine)], check=True)  # noqa: S603 -- our own folder
        taken = somebody.upload("二.png")
    assert (refused, taken[0]) == ((503, True), 302)
    assert small.script("commands/inventory.py")["tables"]["filing_evidence"][0] == 1


@pytest.mark.parametrize("command", ["serve", "worker", "backup -o {}"])
def test_T62_on_a_file_system_that_can_only_be_read_no_command_ends_in_a_traceback(
    small: Installation, tmp_path: Path, command: str
) -> None:
    mount("-o", "remount,ro", str(small.folder))
    done = small.run(*command.format(tmp_path / "backup.zip").split())
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "请检查" in done.stderr
