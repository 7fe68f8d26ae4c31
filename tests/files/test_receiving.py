"""T08: a file that is too large, too slow or broken off leaves nothing; a thousand at once do."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count as counting
from pathlib import Path

import pytest

from counts import count
from files.making import LOCKED, SOUND, pdf, sha256, zipped
from kaohe_web.files.disk import DiskStore, sweep
from kaohe_web.files.errors import FileRefused, StoreUnavailable, Why
from kaohe_web.files.limits import MB, NANOSECONDS, Limits
from kaohe_web.files.quarantine import Received, in_chunks, receive
from kaohe_web.files.verify import verify

Refusal = Callable[..., tuple[str, str]]
PARALLEL = count(full=1_000, reduced=100)
LATER = datetime(2999, 1, 1, tzinfo=UTC)


def test_T08_ten_gigabytes_are_refused_after_fifty_megabytes(folder: Path) -> None:
    given = []

    def endless() -> Iterator[bytes]:
        for number in range(10 * 1024):
            given.append(number)
            yield bytes(MB)

    with (
        pytest.raises(FileRefused, match="文件超过 50 MB；请压缩、拆分或降低扫描分辨率后再上传"),
        receive(endless(), "a.pdf", limits=Limits(), folder=folder),
    ):
        pass
    assert len(given) == 51
    assert list(folder.iterdir()) == []


def test_T08_a_declared_length_is_refused_before_anything_is_read() -> None:
    Limits().refuse_longer(50 * MB)
    with pytest.raises(FileRefused) as caught:
        Limits().refuse_longer(50 * MB + 1)
    assert caught.value.code is Why.TOO_LARGE


def test_T08_a_slow_upload_is_stopped(folder: Path) -> None:
    seconds = counting(step=60)
    with (
        pytest.raises(FileRefused, match="上传用了 600 秒还没有完成，已停止；") as caught,
        receive(
            iter(lambda: b"a", b""),
            "a.txt",
            limits=Limits(),
            folder=folder,
            clock=lambda: next(seconds) * NANOSECONDS,
        ),
    ):
        pass
    assert caught.value.code is Why.TOO_SLOW
    assert next(seconds) == 720
    assert list(folder.iterdir()) == []


def test_T08_an_aborted_upload_leaves_nothing(folder: Path) -> None:
    def aborted() -> Iterator[bytes]:
        yield SOUND["pdf"][:100]
        raise ConnectionResetError

    with (
        pytest.raises(ConnectionResetError),
        receive(aborted(), "a.pdf", limits=Limits(), folder=folder),
    ):
        pass
    assert list(folder.iterdir()) == []


def test_T08_whatever_fails_while_a_file_is_used_leaves_nothing(folder: Path) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        receive([SOUND["pdf"]], "a.pdf", limits=Limits(), folder=folder),
    ):
        raise KeyboardInterrupt
    assert list(folder.iterdir()) == []


def test_T08_many_at_once_are_all_kept_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    store = DiskStore(tmp_path / "store")
    contents = [f"第 {number} 份示例材料\n".encode() * 5_000 for number in range(10)]

    def upload(number: int) -> str:
        data = contents[number % 10]
        chunks = (data[at : at + 1_000] for at in range(0, len(data), 1_000))
        with receive(chunks, f"{number}.txt", limits=Limits(), folder=folder) as received:
            store.put(received.path, received.sha256)
            return received.sha256

    with ThreadPoolExecutor(32) as threads:
        hashes = list(threads.map(upload, range(PARALLEL)))
    assert hashes == [sha256(contents[number % 10]) for number in range(PARALLEL)]
    assert list(folder.iterdir()) == []
    found = verify(store, hashes)
    assert (found.whole, found.is_sound, found.unexpected) == (10, True, ())


RECEIVING = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from kaohe_web.files.limits import Limits
from kaohe_web.files.quarantine import in_chunks, receive
with receive(in_chunks(sys.stdin.buffer), "a.txt", limits=Limits(), folder=Path(sys.argv[1])):
    pass
"""


def test_T08_what_a_killed_server_leaves_is_swept_away(folder: Path) -> None:
    folder.mkdir()
    command = [sys.executable, "-c", RECEIVING, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as server:  # noqa: S603 -- our own program
        assert server.stdin is not None
        while not list(folder.iterdir()):
            server.stdin.write(bytes(64 * 1024))
        server.send_signal(signal.SIGKILL)
    (left,) = folder.iterdir()
    begun = datetime.fromtimestamp(left.stat().st_mtime_ns // NANOSECONDS, UTC)
    assert sweep(folder, before=begun) == 0
    assert sweep(folder, before=LATER) == 1
    assert list(folder.iterdir()) == []


def test_a_file_comes_in_by_pieces(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("示例".encode() * 100_000)
    with (
        path.open("rb") as file,
        receive(in_chunks(file), "a.txt", limits=Limits(), folder=folder) as received,
    ):
        assert received.path.read_bytes() == path.read_bytes()
        assert received.path.stat().st_mode & 0o777 == 0o600
        assert folder.stat().st_mode & 0o777 == 0o700
        assert received.size == 600_000


def test_a_pdf_that_asks_for_a_password_is_refused(refusal: Refusal) -> None:
    assert refusal(pdf(trailer=LOCKED), "a.pdf") == (
        "locked",
        "PDF 设了打开密码，评审人员打不开；请去掉密码后再上传",
    )


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", SOUND["pdf"][:60], pdf(0)])
def test_a_broken_pdf_is_refused(refusal: Refusal, data: bytes) -> None:
    assert refusal(data, "a.pdf") == (
        "damaged",
        "PDF 打不开，可能已损坏或不完整；请重新导出或扫描后再上传",
    )


def test_the_pages_of_a_pdf_are_counted(take: Callable[..., Received]) -> None:
    assert take(pdf(37), "a.pdf").pages == 37


@pytest.fixture
def full_disk() -> Iterator[None]:
    """No file may grow beyond 100 KB, as on a disk that is full."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, usual[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    signal.signal(signal.SIGXFSZ, before)


@pytest.mark.usefixtures("full_disk")
def test_T62_an_upload_to_a_full_disk_leaves_nothing(folder: Path) -> None:
    with (
        pytest.raises(StoreUnavailable, match="文件没有存下：File too large；已填的内容不受影响"),
        receive([b"a" * 200_000], "a.txt", limits=Limits(), folder=folder),
    ):
        pass
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("full_disk")
def test_T62_unpacking_on_a_full_disk_leaves_nothing(folder: Path) -> None:
    data = zipped({"a.txt": "示例。\n".encode() * 20_000})
    assert len(data) < 100_000
    with (
        pytest.raises(StoreUnavailable),
        receive([data], "a.zip", limits=Limits(), folder=folder),
    ):
        pass
    assert list(folder.iterdir()) == []


def test_T62_a_quarantine_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(StoreUnavailable, match=os.strerror(20)),
        receive([b"a"], "a.txt", limits=Limits(), folder=tmp_path / "file" / "folder"),
    ):
        pass
