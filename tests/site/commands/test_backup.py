"""``kaohe backup`` and ``kaohe restore``: whole or not at all, onto either database."""

import hashlib
import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands.spoilt import SPOILT, flip
from installation import SECRET, SERVER, Installation, empty_installation
from processes import Filled


@pytest.fixture
def backed_up(filled: Filled, tmp_path: Path) -> Path:
    """A backup of the small world with three files of evidence."""
    filled.installation.script("keep_files.py", "3")
    path = tmp_path / "backup.zip"
    done = filled.installation.run("backup", "-o", str(path))
    assert (done.returncode, done.stderr) == (0, "")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Installation]:
    """An empty installation elsewhere."""
    (tmp_path / "other").mkdir()
    with empty_installation(tmp_path / "other") as made:
        yield made


def manifest_of(path: Path) -> dict[str, Any]:
    """What a backup says it holds."""
    with zipfile.ZipFile(path) as archive:
        found: dict[str, Any] = json.loads(archive.read("manifest.json"))
    return found


def inventory(installation: Installation) -> Any:
    """Every row and every file of an installation, as hashes."""
    return installation.script("commands/inventory.py")


def test_a_backup_names_everything_it_holds_and_is_its_owners_alone(
    filled: Filled, backed_up: Path
) -> None:
    manifest = manifest_of(backed_up)
    files = [name for name in manifest["members"] if name.startswith("evidence/")]
    assert (manifest["format"], manifest["number"], len(files)) == ("kaohe-backup", 1, 3)
    assert manifest["rows"]["people_post"] == 14
    assert "people_session" not in manifest["rows"]
    with zipfile.ZipFile(backed_up) as archive:
        assert sorted(archive.namelist()) == sorted(
            [*manifest["members"], "manifest.json", "manifest.sha256"]
        )
    assert oct(backed_up.stat().st_mode)[-3:] == "600"
    told = filled.installation.script("commands/last_entry.py")
    digest = hashlib.sha256(backed_up.read_bytes()).hexdigest()
    assert (told["what"], told["details"]["sha256"], told["details"]["chain"]) == (
        "backup.made",
        digest,
        manifest["chain"],
    )
    leftovers = [path.name for path in filled.installation.folder.glob("backup-*")]
    assert leftovers == []


def test_T58_a_backup_made_while_people_work_is_restored_whole(
    filled: Filled, other: Installation, tmp_path: Path
) -> None:
    site = filled.installation
    site.script("keep_files.py", "3")
    path, begun, over = tmp_path / "busy.zip", threading.Event(), threading.Event()

    def work() -> None:
        while not over.is_set():
            site.script("hammer.py", "4", "25")
            begun.set()

    busy = threading.Thread(target=work)
    busy.start()
    begun.wait()
    done = site.run("backup", "-o", str(path))
    over.set()
    busy.join()
    assert (done.returncode, done.stderr) == (0, "")
    restored = other.run("restore", str(path))
    assert (restored.returncode, restored.stderr) == (0, "")
    manifest = manifest_of(path)
    found = inventory(other)
    assert {name: count for name, (count, _digest) in found["tables"].items()} == {
        **manifest["rows"],
        "audit_entry": manifest["rows"]["audit_entry"] + 1,
    }
    assert found["files"] == sorted(
        name.removeprefix("evidence/")
        for name in manifest["members"]
        if name.startswith("evidence/")
    )
    assert other.run("audit", "verify", "--anchor", manifest["chain"]).returncode == 0
    told = other.script("commands/last_entry.py")
    assert (told["what"], told["details"]["chain"]) == ("backup.restored", manifest["chain"])
    with other.serving():
        assert other.get("/login/")[0] == 200
        assert other.becomes_ready()


def test_T58_a_restored_installation_has_the_same_rows_files_and_secret(
    filled: Filled, backed_up: Path, other: Installation
) -> None:
    assert other.run("restore", str(backed_up)).returncode == 0
    before, after = inventory(filled.installation), inventory(other)
    for found in (before, after):
        del found["tables"]["audit_entry"]
    assert after == before
    secrets = [(site.folder / "secret-key").read_text() for site in (filled.installation, other)]
    assert secrets[0] == secrets[1]


def test_T35_who_was_signed_in_signs_in_again(
    filled: Filled, backed_up: Path, other: Installation
) -> None:
    other.run("restore", str(backed_up))
    with other.serving():
        assert other.get("/", filled.cookie("office"))[0] == 302


@pytest.mark.skipif(SERVER == "", reason="needs a PostgreSQL")
def test_T58_a_backup_goes_from_one_kind_of_database_to_the_other_and_back(
    filled: Filled, backed_up: Path, other: Installation, tmp_path: Path
) -> None:
    embedded = Installation(tmp_path / "embedded" / "data")
    embedded.folder.parent.mkdir()
    assert embedded.run("restore", str(backed_up)).returncode == 0
    again = tmp_path / "again.zip"
    assert embedded.run("backup", "-o", str(again)).returncode == 0
    assert (manifest_of(backed_up)["database"], manifest_of(again)["database"]) == (
        "postgresql",
        "sqlite",
    )
    assert other.run("restore", str(again)).returncode == 0
    found = [inventory(site) for site in (filled.installation, embedded, other)]
    for each in found:
        del each["tables"]["audit_entry"]
    assert found[0] == found[1] == found[2]
    other.script("hammer.py", "1", "1")
    assert other.run("audit", "verify").returncode == 0


@pytest.mark.parametrize("how", ["truncated", "a newer version"])
def test_T59_a_backup_that_cannot_be_restored_leaves_everything_untouched(
    how: str, original_backup: Path, tmp_path: Path
) -> None:
    path = tmp_path / "spoilt.zip"
    shutil.copy(original_backup, path)
    spoil, said = SPOILT[how]
    spoil(path)
    site = Installation(tmp_path / "target")
    done = site.run("restore", str(path))
    assert (done.returncode, done.stdout, said in done.stderr) == (1, "", True)
    assert "Traceback" not in done.stderr
    database = site.folder / "kaohe.sqlite3"
    assert not database.exists() or tables_in(database) == []
    assert not (site.folder / "evidence").exists()


def tables_in(database: Path) -> list[str]:
    """The tables of an embedded database."""
    connection = sqlite3.connect(database)
    found = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
    connection.close()
    return found


def test_T59_nothing_is_restored_over_what_is_there_or_runs(
    filled: Filled, backed_up: Path
) -> None:
    site = filled.installation
    before = inventory(site)
    done = site.run("restore", str(backed_up))
    assert (done.returncode, "目标数据库里已有内容" in done.stderr) == (1, True)
    with site.serving():
        done = site.run("restore", str(backed_up))
    assert (done.returncode, "服务正在运行" in done.stderr) == (1, True)
    assert inventory(site)["tables"]["people_post"] == before["tables"]["people_post"]


def test_an_old_backup_is_not_overwritten(filled: Filled, backed_up: Path) -> None:
    before = backed_up.read_bytes()
    done = filled.installation.run("backup", "-o", str(backed_up))
    assert (done.returncode, "已经存在" in done.stderr) == (1, True)
    assert backed_up.read_bytes() == before


def test_T58_a_damaged_file_is_named_and_the_rest_is_kept(filled: Filled, tmp_path: Path) -> None:
    site = filled.installation
    [first, *_rest] = site.script("keep_files.py", "3")
    stored = site.folder / "evidence" / first[:2] / first
    stored.chmod(0o600)
    stored.write_bytes(b"anders")
    path = tmp_path / "backup.zip"
    done = site.run("backup", "-o", str(path))
    assert (done.returncode, first[:12] in done.stderr) == (1, True)
    manifest = manifest_of(path)
    assert (manifest["missing"], len([n for n in manifest["members"] if "evidence/" in n])) == (
        [first],
        2,
    )


def test_a_secret_from_outside_is_not_in_the_backup_and_must_be_the_same_again(
    filled: Filled, other: Installation, tmp_path: Path
) -> None:
    site, path = filled.installation, tmp_path / "backup.zip"
    site.variables = {"KAOHE_SECRET_KEY": SECRET}
    assert site.run("backup", "-o", str(path)).returncode == 0
    assert "secret-key" not in manifest_of(path)["members"]
    said = {}
    for name, secret in (("none", ""), ("another", SECRET + "x"), ("the same", SECRET)):
        other.variables = {"KAOHE_SECRET_KEY": secret} if secret else {}
        done = other.run("restore", str(path))
        said[name] = (done.returncode, "KAOHE_SECRET_KEY" in done.stderr)
    assert said == {"none": (1, True), "another": (1, True), "the same": (0, False)}


def test_T58_a_drill_restores_elsewhere_and_leaves_only_its_record(
    filled: Filled, backed_up: Path
) -> None:
    site = filled.installation
    done = site.run("restore", str(backed_up), "--drill")
    assert (done.returncode, done.stderr) == (0, "")
    assert "恢复演练通过" in done.stdout
    told = site.script("commands/last_entry.py")
    assert (told["what"], told["details"]["file"]) == ("backup.drilled", "backup.zip")
    assert [path.name for path in site.folder.glob("drill-*")] == []
    flip(backed_up, "tables/people_post.jsonl")
    done = site.run("restore", str(backed_up), "--drill")
    assert (done.returncode, "恢复演练没有通过" in done.stderr) == (1, True)
    assert site.script("commands/last_entry.py")["what"] == "backup.drilled"
