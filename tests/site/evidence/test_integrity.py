"""T11: a stored file that is no longer what was stored is found, and never given out."""

import datetime as dt
import io
import os
import zipfile
from pathlib import Path

from evidence.desk import Desk, content_of, entries
from files.making import drawn, pdf
from kaohe_web.filing import evidence_pictures, stored_files
from kaohe_web.filing.models import Evidence, StoredFile
from kaohe_web.keeping import evidence as nightly
from world import NOW

LATER = NOW + dt.timedelta(days=2)


def place(desk: Desk, row: Evidence) -> Path:
    """Where a file lies."""
    return desk.data / "evidence" / row.file_id[:2] / row.file_id


def overwrite(path: Path, content: bytes) -> None:
    """Write over a stored file, as somebody with access to the disk can."""
    path.chmod(0o600)
    path.write_bytes(content)


def three(desk: Desk) -> list[Evidence]:
    """Three files: one will be damaged, one lost, one stays whole."""
    return [desk.give("M8.1", drawn("PNG", (n, 3)), f"{n}.png").evidence for n in (1, 2, 3)]


def test_T11_a_damaged_or_lost_file_is_not_given_out_and_the_refusal_is_kept(desk: Desk) -> None:
    damaged, lost, whole = three(desk)
    content = place(desk, damaged).read_bytes()
    overwrite(place(desk, damaged), content[:-1] + b"?")
    place(desk, lost).unlink()
    client = desk.world.client("liaison")
    said = {
        damaged: "文件在存储中已被改动或损坏",
        lost: "存储中找不到这个文件",
    }
    for row, words in said.items():
        answer = client.get(desk.address("evidence_download", pk=row.pk))
        assert (answer.status_code, words in answer.content.decode()) == (500, True)
        page = client.get(desk.address("evidence_item", pk=row.pk))
        assert (page.status_code, words in page.content.decode()) == (200, True)
        picture = client.get(desk.address("evidence_preview", pk=row.pk, number=1))
        assert picture.status_code == 500
    assert content_of(client.get(desk.address("evidence_download", pk=whole.pk))) == drawn(
        "PNG", (3, 3)
    )
    assert [outcome for _login, outcome, _why in entries("file.downloaded")] == [
        "refused",
        "refused",
        "done",
    ]


def test_T11_two_files_swapped_are_both_found(desk: Desk) -> None:
    one, other, _whole = three(desk)
    first, second = place(desk, one).read_bytes(), place(desk, other).read_bytes()
    overwrite(place(desk, one), second)
    overwrite(place(desk, other), first)
    found = nightly.check(NOW, lambda _percent: None)  # type: ignore[arg-type]  # nothing is told
    assert (found["whole"], found["missing"]) == (1, [])
    assert found["damaged"] == sorted([one.file_id, other.file_id])


def test_T11_an_archive_says_what_it_could_not_hold(desk: Desk) -> None:
    damaged, lost, whole = three(desk)
    overwrite(place(desk, damaged), b"something else")
    place(desk, lost).unlink()
    answer = desk.world.client("unit_office").get(
        desk.address("evidence_zip", assessed_id=desk.world.assessed[0].pk)
    )
    with zipfile.ZipFile(io.BytesIO(content_of(answer))) as archive:
        names = archive.namelist()
        told = archive.read("未能导出的文件.txt").decode("utf-8-sig")
        page = archive.read("证据目录.csv").decode("utf-8-sig")
    assert [name for name in names if name.endswith(".png")] == [
        name for name in names if whole.name in name
    ]
    assert told.count("\r\n") == 1
    assert page.count("未能导出：存储中已损坏或丢失") == 2


def test_what_a_killed_server_left_is_swept_away_and_nothing_else(desk: Desk) -> None:
    row = desk.give("M8.1", pdf(1)).evidence
    old, young = desk.data / "incoming" / "old.upload", desk.data / "quarantine" / "young"
    for path in (old, young):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"half of a file")
    two_days_ago = int((LATER - dt.timedelta(days=2)).timestamp())
    os.utime(old, (two_days_ago, two_days_ago))
    os.utime(young, (int(LATER.timestamp()), int(LATER.timestamp())))
    assert stored_files.sweep(LATER - dt.timedelta(days=1)) == 1
    assert [old.exists(), young.exists(), place(desk, row).exists()] == [False, True, True]


def test_pictures_are_kept_for_a_week_and_no_more_than_a_folder_holds(desk: Desk) -> None:
    rows = [desk.give("M8.1", drawn("PNG", (n, 5)), f"{n}.png").evidence.file for n in range(1, 4)]
    for row in rows:
        evidence_pictures.picture_of(row, 1)
    drawn_then = [name for name in desk.stored() if name.startswith("previews/")]
    assert len(drawn_then) == 3
    folder = desk.data / "previews" / rows[0].sha256[0]
    for number in range(evidence_pictures.MOST_IN_A_FOLDER + 5):
        evidence_pictures.keep(folder / f"{number:04}.png", b"picture")
    assert len(list(folder.iterdir())) == evidence_pictures.MOST_IN_A_FOLDER
    assert evidence_pictures.sweep(dt.datetime.now(dt.UTC)) == 0
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=8)
    assert evidence_pictures.sweep(later) >= evidence_pictures.MOST_IN_A_FOLDER
    assert [name for name in desk.stored() if name.startswith("previews/")] == []
    assert StoredFile.objects.count() == 3
