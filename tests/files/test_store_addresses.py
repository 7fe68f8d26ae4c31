"""How an installation names its store."""

import pytest

from kaohe_web.files.errors import BadAddress
from kaohe_web.files.store import store_from


def test_an_address_names_its_store() -> None:
    assert repr(store_from("file:///srv/%E4%BD%90%E8%AF%81")) == "DiskStore(/srv/佐证)"
    assert repr(store_from("s3://bucket/a/b/?region=cn-north-1")) == "S3Store(bucket/a/b/)"
    assert repr(store_from("s3://bucket?endpoint=https://s3.example.invalid")) == "S3Store(bucket/)"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", "“”应为 file:///目录 或 s3://桶/前缀?endpoint=地址"),
        ("ftp://host/folder", "“ftp://host/folder”应为 file:///目录"),
        ("file://host/folder", "“file://host/folder”应为 file:///目录"),
        ("s3:///prefix", "“s3:///prefix”不完整或有误"),
        ("s3://b/?endpoint=s3.example.invalid", "不完整或有误"),
        ("s3://bucket/?endpoint=s3.example.invalid", "不完整或有误"),
        ("s3://bucket/?secret=a", "不完整或有误"),
        ("s3://bucket/?addressing=dns", "不完整或有误"),
        ("s3://key:secret@bucket/a", "“s3://…@bucket/a”不完整或有误"),
    ],
)
def test_an_address_that_is_none_is_told_without_its_secrets(address: str, shown: str) -> None:
    with pytest.raises(BadAddress) as caught:
        store_from(address)
    assert shown in str(caught.value)
    assert "secret@" not in str(caught.value)
