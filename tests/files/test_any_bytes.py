"""Whatever bytes come in, they are taken or refused with a sentence; nothing else ever happens."""

import io
import random
import time
from pathlib import Path

import pytest

from counts import count
from files.making import SOUND, office, zipped
from kaohe_web.files.errors import FileRefused
from kaohe_web.files.examine import examine
from kaohe_web.files.limits import Limits

SPOILED = count(full=20_000, reduced=300)
SAMPLES = {
    **SOUND,
    "docx": office("docx", {"word/embeddings/a.xlsx": SOUND["xlsx"]}),
    "zip": zipped({f"示例.{key}": data for key, data in SOUND.items() if key != "zip"}),
}


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, cut out, doubled or blown up."""
    made = bytearray(data)
    for _time in range(chance.randrange(1, 6)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(5):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                made[at : at + chance.randrange(1, 9)] = b""
            case 2:
                made[at:at] = made[at : at + chance.randrange(1, 200)]
            case 3:
                made[at : at + 4] = chance.choice([b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"])
            case 4:
                del made[at:]
    return bytes(made)


def outcome(data: bytes, key: str, folder: Path | None = None) -> str:
    """``taken``, or the sentence of the refusal."""
    try:
        examine(io.BytesIO(data), f"a.{key}", Limits(), folder)
    except FileRefused as refused:
        return refused.message
    return "taken"


@pytest.mark.parametrize("key", SAMPLES)
def test_spoiled_bytes_are_taken_or_refused_soon(key: str, tmp_path: Path) -> None:
    chance = random.Random(f"{key} 7")
    begun = time.process_time_ns()
    told = {outcome(spoiled(SAMPLES[key], chance), key, tmp_path) for _ in range(SPOILED)}
    assert len(told) > 1
    assert {sentence for sentence in told if "；" not in sentence} <= {"taken"}
    assert all(sentence.isprintable() for sentence in told)
    assert time.process_time_ns() - begun < SPOILED * 100_000_000


@pytest.mark.parametrize("key", SAMPLES)
def test_every_beginning_of_a_file_is_taken_or_refused(key: str) -> None:
    data = SAMPLES[key]
    ends = range(1, len(data), max(len(data) // 100, 1))
    assert {outcome(data[:end], key) for end in ends} != {"taken"}
