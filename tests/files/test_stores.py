"""T11: what is stored is what was put there, or it is not given out; on disk and on S3 alike."""

import os
import random
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from counts import count
from files.making import SOUND, sha256
from kaohe_web.files.disk import DiskStore
from kaohe_web.files.errors import Damaged, Missing, StoreUnavailable
from kaohe_web.files.s3 import S3Store
from kaohe_web.files.store import Store, store_from
from kaohe_web.files.verify import verify

KILLS = count(full=100, reduced=5)
EARLY, LATER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
ONE, TWO, THREE = SOUND["pdf"], SOUND["docx"], b""

Spoil = Callable[[str, bytes | None], None]
Put = Callable[[bytes], str]


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")


@pytest.fixture(params=["disk", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Store, Spoil]:
    """A store, and somebody with a hand in it: ``spoil(hash, bytes)``, or none to delete."""
    if request.param == "disk":
        root = tmp_path / "evidence"

        def overwrite(name: str, data: bytes | None) -> None:
            path = root / name[:2] / name
            path.unlink(missing_ok=True)
            if data is not None:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(data)

        return store_from(root.as_uri()), overwrite
    request.getfixturevalue("keys")
    endpoint = request.getfixturevalue("s3_server")
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
    bucket = f"bucket-{sha256(str(tmp_path).encode())[:12]}"
    client.create_bucket(Bucket=bucket)

    def replace(name: str, data: bytes | None) -> None:
        key = f"佐证/{name[:2]}/{name}"
        if data is None:
            client.delete_object(Bucket=bucket, Key=key)
        else:
            client.put_object(Bucket=bucket, Key=key, Body=data)

    return store_from(f"s3://{bucket}/佐证?endpoint={endpoint}"), replace


@pytest.fixture
def store(place: tuple[Store, Spoil]) -> Store:
    return place[0]


@pytest.fixture
def spoil(place: tuple[Store, Spoil]) -> Spoil:
    return place[1]


@pytest.fixture
def put(store: Store, tmp_path: Path) -> Put:
    """Puts bytes into the store; gives their hash."""

    def kept(data: bytes) -> str:
        path = tmp_path / "original"
        path.write_bytes(data)
        store.put(path, sha256(data))
        assert path.read_bytes() == data
        return sha256(data)

    return kept


def flipped(data: bytes) -> bytes:
    """The same with one bit changed."""
    return data[:-5] + bytes([data[-5] ^ 1]) + data[-4:]


def test_what_is_put_is_got_back(store: Store, put: Put) -> None:
    for data in (ONE, TWO, THREE, random.Random(1).randbytes(3_000_000)):
        name = put(data)
        assert store.exists(name)
        with store.open(name) as file:
            assert file.read() == data


def test_putting_twice_keeps_one(store: Store, put: Put) -> None:
    assert put(ONE) == put(ONE)
    assert list(store.hashes()) == [sha256(ONE)]


def test_all_that_is_stored_is_listed(store: Store, put: Put) -> None:
    names = [put(b"%d" % number) for number in range(30)]
    assert sorted(store.hashes()) == sorted(names)


def test_what_was_deleted_is_gone(store: Store, put: Put) -> None:
    name = put(ONE)
    store.delete(name)
    store.delete(name)
    assert (store.exists(name), list(store.hashes())) == (False, [])


def test_a_file_under_another_hash_is_not_stored(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(ONE)
    with pytest.raises(Damaged):
        store.put(path, sha256(TWO))
    assert list(store.hashes()) == []


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "ab" * 31, "AB" * 32, "ab" * 32 + "\n"])
def test_what_is_no_hash_leads_nowhere(store: Store, name: str) -> None:
    assert not store.exists(name)
    for ask in (store.open, store.delete):
        with pytest.raises(Missing):
            ask(name)


def test_T11_a_flipped_bit_is_found_before_a_byte_goes_out(
    store: Store, put: Put, spoil: Spoil
) -> None:
    name = put(ONE)
    spoil(name, flipped(ONE))
    with pytest.raises(Damaged) as caught:
        store.open(name)
    assert (caught.value.sha256, caught.value.status) == (name, 500)
    assert str(caught.value) == (
        f"文件在存储中已被改动或损坏（校验值 {name[:12]}…），不能下载；"
        "请联系管理员从备份恢复，或请上传人重新上传"
    )


def test_T11_a_deleted_file_is_told_missing(store: Store, put: Put, spoil: Spoil) -> None:
    name = put(ONE)
    spoil(name, None)
    with pytest.raises(Missing) as caught:
        store.open(name)
    assert caught.value.sha256 == name


def test_T11_a_walk_finds_what_was_flipped_deleted_swapped_or_slipped_in(
    store: Store, put: Put, spoil: Spoil
) -> None:
    names = [put(b"example %d" % number) for number in range(10)]
    assert verify(store, names).is_sound
    spoil(names[0], b"examplf 0")
    spoil(names[1], None)
    spoil(names[2], b"example 3")
    spoil(names[3], b"example 2")
    spoil(names[4], b"")
    stranger = sha256(b"stranger")
    spoil(stranger, b"stranger")
    found = verify(store, reversed(names))
    assert found.whole == 5
    assert found.missing == (names[1],)
    assert found.damaged == tuple(sorted([names[0], *names[2:5]]))
    assert found.unexpected == (stranger,)
    assert not found.is_sound


def test_T11_putting_a_damaged_file_again_mends_it(store: Store, put: Put, spoil: Spoil) -> None:
    name = put(ONE)
    spoil(name, flipped(ONE))
    put(ONE)
    assert verify(store, [name]).is_sound


def test_nothing_is_swept_from_a_store_at_rest(store: Store, put: Put) -> None:
    put(ONE)
    assert store.sweep(before=LATER) == 0


# on disk


def test_files_on_disk_are_for_the_owner_to_read(tmp_path: Path) -> None:
    store, path = DiskStore(tmp_path / "new" / "evidence"), tmp_path / "original"
    path.write_bytes(ONE)
    store.put(path, sha256(ONE))
    kept = store.root / sha256(ONE)[:2] / sha256(ONE)
    assert stat.filemode(kept.stat().st_mode) == "-r--r-----"
    assert stat.filemode(kept.parent.stat().st_mode) == "drwx------"
    assert [path.name for path in store.root.iterdir() if path.name != "incoming"] == [
        kept.name[:2]
    ]
    assert list((store.root / "incoming").iterdir()) == []


def test_what_lies_about_in_the_folder_is_not_listed(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    for name in ("ab/README", f"ab/{'cd' * 32}", "lost+found/a", f"{'ab' * 32}"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert list(store.hashes()) == []


def test_T62_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(ONE)
    store = DiskStore(tmp_path / "file" / "evidence")
    with pytest.raises(StoreUnavailable, match=f"文件没有存下：{os.strerror(20)}；"):
        store.put(tmp_path / "file", sha256(ONE))
    with pytest.raises(StoreUnavailable, match=f"文件存储读不了：{os.strerror(20)}；"):
        store.open(sha256(ONE))


PUTTING = """
import sys
from hashlib import sha256
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from kaohe_web.files.disk import DiskStore
store, path = DiskStore(Path(sys.argv[1])), Path(sys.argv[2])
for number in range(100_000):
    path.write_bytes(b"%d" % number * 200_000)
    name = sha256(path.read_bytes()).hexdigest()
    store.put(path, name)
    print(name, flush=True)
"""


def test_T60_whenever_it_is_killed_what_was_acknowledged_is_whole(tmp_path: Path) -> None:
    store, moments = DiskStore(tmp_path / "evidence"), random.Random(7)
    acknowledged: set[str] = set()
    for _kill in range(KILLS):
        command = [sys.executable, "-c", PUTTING, str(store.root), str(tmp_path / "original")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603 -- our own program
            assert server.stdout is not None
            for _line in range(moments.randrange(1, 40)):
                acknowledged.add(server.stdout.readline().strip())
            server.send_signal(signal.SIGKILL)
            acknowledged.update(line for line in server.stdout.read().split() if len(line) == 64)
    found = verify(store, [*acknowledged, *store.hashes()])
    assert found.is_sound
    assert len(found.unexpected) == 0
    assert acknowledged <= set(store.hashes())
    left = len(list((store.root / "incoming").iterdir()))
    assert left <= KILLS
    assert (store.sweep(before=EARLY), store.sweep(before=LATER)) == (0, left)


# on S3


@pytest.mark.usefixtures("keys")
def test_T64_storage_that_cannot_be_reached_is_told_soon(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    store = S3Store("bucket", endpoint=address, addressing="path")
    path = tmp_path / "original"
    path.write_bytes(ONE)
    told = "文件存储暂时不能使用（EndpointConnectionError）；请稍后再试，仍不行请联系管理员"
    for ask in (store.open, store.exists, store.delete, lambda name: store.put(path, name)):
        with pytest.raises(StoreUnavailable, match=told):
            ask(sha256(ONE))
    with pytest.raises(StoreUnavailable, match=told):
        list(store.hashes())


@pytest.mark.usefixtures("keys")
def test_T64_storage_that_never_answers_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        store = S3Store("bucket", endpoint=address, addressing="path", seconds=1)
        begun = time.monotonic_ns()
        with pytest.raises(StoreUnavailable, match="ReadTimeoutError"):
            store.open(sha256(ONE))
        assert time.monotonic_ns() - begun < 10_000_000_000


@pytest.mark.usefixtures("keys")
def test_a_bucket_that_is_not_there_is_told(s3_server: str) -> None:
    store = store_from(f"s3://nowhere?endpoint={s3_server}")
    with pytest.raises(StoreUnavailable, match="文件存储暂时不能使用（NoSuchBucket）"):
        store.open(sha256(ONE))
