"""Ways in which a backup is spoilt, each with what is said about it."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path


def flip(path: Path, name: str) -> None:
    """Change one byte of a member."""
    with zipfile.ZipFile(path) as archive:
        head = archive.getinfo(name)
    content = bytearray(path.read_bytes())
    content[head.header_offset + 30 + len(name.encode()) + 40] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    """Leave off the end."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 9 // 10])


def rewrite(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Write a backup anew with other members."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def sealed(members: dict[str, bytes], **values: object) -> None:
    """Change the manifest and seal it again, as somebody would who knows how."""
    manifest = {**json.loads(members["manifest.json"]), **values}
    members["manifest.json"] = json.dumps(manifest).encode()
    members["manifest.sha256"] = hashlib.sha256(members["manifest.json"]).hexdigest().encode()


def foreign(path: Path) -> None:
    """Some other archive."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not ours")


def swapped(members: dict[str, bytes]) -> None:
    """Two files of evidence that changed places."""
    first, second = sorted(name for name in members if name.startswith("evidence/"))[:2]
    members[first], members[second] = members[second], members[first]


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "truncated": (truncate, "不是完整的备份文件"),
    "not an archive": (lambda path: path.write_text("x"), "不是完整的备份文件"),  # type: ignore[dict-item]  # what it gives is not asked
    "foreign": (foreign, "不是本系统的备份（缺少清单）"),
    "a damaged table": (
        lambda path: flip(path, "tables/people_post.jsonl"),
        "tables/people_post.jsonl 已损坏或被改动",
    ),
    "evidence that changed places": (lambda path: rewrite(path, swapped), "已损坏或被改动"),
    "a member left out": (
        lambda path: rewrite(path, lambda members: members.pop("tables/people_post.jsonl")),  # type: ignore[arg-type]  # as above
        "缺少 tables/people_post.jsonl",
    ),
    "a member slipped in": (
        lambda path: rewrite(path, lambda members: members.update({"tables/x": b"1"})),
        "多出了清单上没有的 tables/x",
    ),
    "a changed manifest": (
        lambda path: rewrite(path, lambda members: members.update({"manifest.json": b"{}"})),
        "清单已损坏或被改动",
    ),
    "a later form": (lambda path: rewrite(path, lambda m: sealed(m, number=2)), "由更新的版本所做"),
    "a newer version": (
        lambda path: rewrite(path, lambda m: sealed(m, migrations=["jobs.0099_later"])),
        "备份由更新的版本（",
    ),
    "not there": (lambda path: path.unlink(), "没有这个文件"),
}
