"""T01, T02: archives that mean harm are refused soon, cheaply, and with a sentence."""

import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from files.making import NOISE, SOUND, drawn, moving, office, zipped
from kaohe_web.files.kinds import TYPES
from kaohe_web.files.limits import MB, Limits
from kaohe_web.files.quarantine import Received

Take = Callable[..., Received]
Refusal = Callable[..., tuple[str, str]]

BOMB = "压缩得异常厉害（疑为压缩炸弹），没有打开；请核对文件来源"
DAMAGED = "压缩包或文档已损坏，解不开；请在原来的程序中打开并重新保存，再上传"
OVERLAP = "压缩包里的文件互相重叠，不是正常的压缩包；请重新压缩后再上传"
LARGE = "压缩包解压后超过 200 MB；请分成几个上传"
TOO_MANY = "压缩包里的文件超过 2000 个；请分成几个上传"
DIRECTORY = "压缩包的目录异常庞大，没有打开；请核对文件来源"
TOO_DEEP = "压缩包里套了多层压缩包，无法逐层检查；请解开后分别上传"

CENTRAL, LOCAL = b"PK\x01\x02", b"PK\x03\x04"
MEASURE = """
import json, sys, time
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from kaohe_web.files.errors import FileRefused
from kaohe_web.files.limits import Limits
from kaohe_web.files.quarantine import in_chunks, receive

def most():
    status = Path("/proc/self/status").read_text()  # the usual call remembers the parent's memory
    return int(status.partition("VmHWM:")[2].split()[0])

path, folder = map(Path, sys.argv[1:])
before, begun, told = most(), time.process_time_ns(), None
try:
    with path.open("rb") as file, receive(
        in_chunks(file), path.name, limits=Limits(), folder=folder
    ):
        pass
except FileRefused as refused:
    told = [refused.code.value, refused.message]
took = (time.process_time_ns() - begun) // 1_000_000
print(json.dumps([told, took, most() - before, list(map(str, folder.iterdir()))]))
"""
"""Takes a file in, in a process of its own, whose memory nothing else has swollen before."""


@pytest.fixture
def measured(tmp_path: Path) -> Callable[[bytes, str], list[str] | None]:
    """Why a file is refused: within a second, and within 50 MB of memory."""

    def told(data: bytes, name: str) -> list[str] | None:
        path = tmp_path / name
        path.write_bytes(data)
        done = subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-c", MEASURE, str(path), str(tmp_path / "quarantine")],
            capture_output=True,
            check=True,
        )
        refused, milliseconds, kilobytes, left = json.loads(done.stdout)
        assert refused is None or milliseconds < 1_000
        assert kilobytes < 50 * 1_000
        assert left == []
        return refused  # type: ignore[no-any-return]  # as the program above prints it

    return told


Measured = Callable[[bytes, str], list[str] | None]


def zeros(size: int) -> bytes:
    """A deflated archive of one member of so many zeros."""
    return zipped({"a.txt": b"0" * size})


def directory_of(data: bytes) -> tuple[int, int, int]:
    """Of an archive: how many entries, the size of the directory, and where it begins."""
    return struct.unpack_from("<HLL", data, data.rindex(b"PK\x05\x06") + 10)


@pytest.mark.parametrize(("name", "part"), [("a.xlsx", "xl/sheet1.xml"), ("a.docx", "word/a.xml")])
def test_T01_a_zip_bomb_is_refused_soon_and_without_memory(
    measured: Measured, name: str, part: str
) -> None:
    data = office(name.rpartition(".")[2], {part: b"<a>" + b" " * 300_000_000})
    assert len(data) < 330_000
    assert measured(data, name) == ["bomb", LARGE]


def test_T01_a_bomb_below_the_limit_is_refused_by_its_ratio(measured: Measured) -> None:
    assert measured(zeros(150_000_000), "a.zip") == ["bomb", BOMB]


def test_T01_many_small_bombs_are_refused_by_their_ratio(measured: Measured) -> None:
    bombs = {f"{number}.txt": b"0" * 1_000_000 for number in range(150)}
    assert measured(zipped(bombs), "a.zip") == ["bomb", BOMB]


def test_T01_the_largest_archive_that_is_taken_costs_no_more(measured: Measured) -> None:
    line = bytes(range(32, 127)) * 7 + b"\n"
    noise = b"".join(line[number % 600 :] + b"%d\n" % number for number in range(70_000))
    data = zipped({f"{number}.txt": noise for number in range(6)})
    assert 6 * len(noise) > 100_000_000
    assert measured(data, "a.zip") is None


def test_T02_a_hundred_thousand_members_are_refused(measured: Measured) -> None:
    data = zipped((f"{number}.txt", b"") for number in range(100_000))
    assert measured(data, "a.zip") == ["archive", DIRECTORY]


def test_T02_members_that_the_count_hides_are_refused(measured: Measured) -> None:
    data = bytearray(zipped((f"{number}.txt", b"") for number in range(5_000)))
    struct.pack_into("<HH", data, data.rindex(b"PK\x05\x06") + 8, 1, 1)
    assert measured(bytes(data), "a.zip") == ["archive", TOO_MANY]


def test_T02_members_that_overlap_are_refused(measured: Measured) -> None:
    """One kernel that twenty entries share."""
    kernel = zipped({"a.txt": NOISE})
    _entries, size, begins = directory_of(kernel)
    entry = kernel[begins : begins + size]
    data = bytearray(kernel[:begins] + entry * 20)
    data += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 20, 20, size * 20, begins, 0)
    renamed = bytes(data)
    for number in range(20):
        at = begins + size * number + 46
        renamed = renamed[:at] + b"%05d" % number + renamed[at + 5 :]
    assert measured(renamed, "a.zip") == ["damaged", DAMAGED]  # their own heads tell one name
    assert measured(bytes(data), "a.zip") == [
        "archive",
        "压缩包里有重名的文件，不是正常的压缩包；请重新压缩后再上传",
    ]


def quoted(count: int) -> bytes:
    """An overlapping bomb: each member's bytes hold the head of the next, quoted."""
    kernel = zipped({"a": NOISE})
    _entries, size, begins = directory_of(kernel)
    body = kernel[31:begins]
    data, entries = b"", b""
    heads = [kernel[:30] + b"%c" % (97 + number) for number in range(count)]
    for number, head in enumerate(heads):
        entry = bytearray(kernel[begins : begins + size])
        entry[46:47] = b"%c" % (97 + number)
        struct.pack_into("<L", entry, 42, len(data))
        struct.pack_into("<L", entry, 20, len(body) + 31 * (count - number - 1))
        entries += entry
        data += head
    data += body
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entries), len(data), 0)
    return data + entries + end


def test_T02_members_that_lie_in_one_another_are_refused(measured: Measured) -> None:
    data = quoted(20)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 20
    assert measured(data, "a.zip") == ["archive", OVERLAP]


def lying(size: int, *, more: int = 0) -> bytes:
    """An archive whose member says it has ``size`` bytes and has 80 million."""
    data = bytearray(zeros(80_000_000))
    struct.pack_into("<L", data, data.index(LOCAL) + 22, size)
    struct.pack_into("<L", data, data.rindex(CENTRAL) + 24, size)
    packed = struct.unpack_from("<L", data, data.rindex(CENTRAL) + 20)[0]
    struct.pack_into("<L", data, data.rindex(CENTRAL) + 20, packed + more)
    return bytes(data)


def test_T02_what_really_comes_out_is_counted(measured: Measured) -> None:
    message = "“a.txt”解压出来比目录所说的多，没有继续解压；请核对文件来源"
    assert measured(lying(500), "a.zip") == ["bomb", message]
    assert measured(lying(900_000), "a.zip") == ["bomb", message]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:-30],
        lambda data: data[:60] + b"\xff" * 20 + data[80:],
        lambda data: data.replace(CENTRAL, b"PK\x09\x09"),
        lambda data: data.replace(LOCAL, b"PK\x03\x05").replace(b"PK\x03\x05", LOCAL, 1),
    ],
)
def test_T02_a_torn_archive_is_refused(refusal: Refusal, spoil: Callable[[bytes], bytes]) -> None:
    sound = zipped({"a.txt": bytes(range(32, 127)) * 30, "b.txt": b"b" * 50})
    assert refusal(spoil(sound), "a.zip") == ("damaged", DAMAGED)


def test_T02_a_member_that_is_less_than_it_says_is_refused(refusal: Refusal) -> None:
    data = bytearray(zipped({"a.txt": b"short"}))
    struct.pack_into("<L", data, data.rindex(CENTRAL) + 24, 6)
    assert refusal(bytes(data), "a.zip") == ("damaged", DAMAGED)
    data = bytearray(zipped({"a.txt": b"short"}))
    struct.pack_into("<L", data, data.rindex(CENTRAL) + 16, 7)
    assert refusal(bytes(data), "a.zip") == ("damaged", DAMAGED)


def test_T02_every_level_counts_towards_one_limit(refusal: Refusal) -> None:
    inner = zipped({"a.txt": bytes(range(32, 127)) * 6_000})
    limits = Limits(unpacked_bytes=MB)
    assert refusal(zipped({"1.zip": inner, "2.zip": inner}), "a.zip", limits) == (
        "bomb",
        "压缩包或文档里的“2.zip”：压缩包解压后超过 1 MB；请分成几个上传",
    )
    few = Limits(members_in_all=3)
    assert refusal(zipped({"1.zip": inner, "2.zip": inner}), "a.zip", few)[0] == "archive"


def test_T02_an_archive_in_an_archive_is_looked_through(take: Take, refusal: Refusal) -> None:
    inner = zipped({"说明.txt": b"a", "报告.docx": SOUND["docx"]})
    assert take(zipped({"一.zip": zipped({"说明.txt": b"a"})}), "a.zip").type is TYPES["zip"]
    assert refusal(zipped({"一.zip": inner}), "a.zip") == (
        "archive",
        f"压缩包或文档里的“一.zip”：压缩包或文档里的“报告.docx”：{TOO_DEEP}",
    )


def test_T02_a_sheet_embedded_in_a_document_is_no_archive_in_an_archive(
    take: Take, refusal: Refusal
) -> None:
    chart = office("docx", {"word/embeddings/Sheet1.xlsx": SOUND["xlsx"]})
    assert take(chart, "a.docx").type is TYPES["docx"]
    assert take(zipped({"a.docx": chart}), "a.zip").type is TYPES["zip"]
    assert refusal(zipped({"a.docx": office("docx", {"a": zipped({"a.txt": b""})})}), "a.zip") == (
        "archive",
        f"压缩包或文档里的“a.docx”：压缩包或文档里的“a”：{TOO_DEEP}",
    )
    deeper = office("docx", {"b.xlsx": office("xlsx", {"c.xlsx": office("xlsx", {"d": chart})})})
    assert refusal(deeper, "a.docx")[1].endswith(TOO_DEEP)


def test_T06_what_lies_in_an_archive_is_examined_like_an_upload(refusal: Refusal) -> None:
    program = b"MZ\x90\0\x03" + b"\0" * 60
    assert refusal(zipped({"材料/安装.exe": program}), "a.zip") == (
        "unwanted",
        "压缩包或文档里的“安装.exe”：内容是Windows 程序，不在可以上传的类型之内；请不要上传",
    )
    assert refusal(zipped({"a.gif": moving(5_000)}), "a.zip") == (
        "picture",
        "压缩包或文档里的“a.gif”：动图有超过 500 帧；请截取其中的画面后再上传",
    )


def test_what_file_managers_add_to_archives_harms_nobody(take: Take) -> None:
    added = {
        "空.txt": b"",
        "__MACOSX/._图.png": b"\0\5\x16\7",
        "a/.DS_Store": b"\0\1",
        "Thumbs.db": b"\0",
    }
    assert take(zipped({"图.png": drawn("PNG"), **added}), "a.zip").type is TYPES["zip"]


def test_an_archive_with_a_password_is_refused(refusal: Refusal) -> None:
    data = bytearray(zipped({"a.txt": b"a"}))
    data[data.rindex(CENTRAL) + 8] |= 1
    assert refusal(bytes(data), "a.zip") == (
        "locked",
        "压缩包加了密码，评审人员打不开；请去掉密码后再上传",
    )


def test_an_archive_packed_in_a_rare_way_is_refused(refusal: Refusal) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", b"a")
    assert refusal(made.getvalue(), "a.zip")[0] == "archive"
