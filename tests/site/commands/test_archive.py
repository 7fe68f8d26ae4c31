"""A backup is compared with its manifest, byte by byte, before anything is done with it."""

import random
import shutil
from pathlib import Path

import pytest

from commands.spoilt import SPOILT
from counts import count
from kaohe.errors import KaoheError
from kaohe_web.keeping.archive import DamagedBackup, NotABackup, opened

FLIPS = count(full=3000, reduced=150)


@pytest.mark.parametrize("how", sorted(SPOILT.keys() - {"a newer version"}))
def test_T59_what_is_not_whole_is_refused_with_what_is_wrong(
    how: str, original_backup: Path, tmp_path: Path
) -> None:
    path = tmp_path / "spoilt.zip"
    shutil.copy(original_backup, path)
    spoil, said = SPOILT[how]
    spoil(path)
    with pytest.raises((NotABackup, DamagedBackup), match=r".") as refused, opened(path):
        pass
    assert said in str(refused.value)


def test_T59_one_bit_anywhere_is_noticed_or_harmless(original_backup: Path, tmp_path: Path) -> None:
    whole = original_backup.read_bytes()
    path, chance = tmp_path / "flipped.zip", random.Random("一位之差")
    with opened(original_backup) as backup:
        contents = {name: backup.archive.read(name) for name in backup.manifest.members}
    noticed = 0
    for _ in range(FLIPS):
        place = chance.randrange(len(whole))
        content = bytearray(whole)
        content[place] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        try:
            with opened(path) as backup:
                assert {
                    name: backup.archive.read(name) for name in backup.manifest.members
                } == contents, place
        except KaoheError:
            noticed += 1
    assert noticed > FLIPS // 2
