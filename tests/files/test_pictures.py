"""T07: pictures that cost too much, and pictures that are torn, are refused before decoding."""

import io
import struct
import time
from collections.abc import Callable

import pytest
from PIL import Image

from files.making import drawn, moving, png_head
from kaohe_web.files.errors import FileRefused
from kaohe_web.files.kinds import TYPES, Form
from kaohe_web.files.limits import Limits
from kaohe_web.files.pictures import MEASURES, check_picture
from kaohe_web.files.quarantine import Received

Take = Callable[..., Received]
Refusal = Callable[..., tuple[str, str]]

TORN = "图片不完整或已损坏；请用看图软件打开核对，另存为 JPEG 或 PNG 后再上传"
PHOTO = Image.effect_noise((400, 300), 64).convert("RGB")
"""Noise: its entropy-coded bytes are full of what looks like markers."""


def photo(form: str, **how: object) -> bytes:
    made = io.BytesIO()
    PHOTO.save(made, form, **how)
    return made.getvalue()


def frames(form: str, count: int) -> bytes:
    """An animated picture of so many different frames."""
    made = io.BytesIO()
    first, *rest = [Image.new("RGB", (8, 8), (number * 20, 0, 0)) for number in range(count)]
    first.save(made, form, save_all=True, append_images=rest)
    return made.getvalue()


def large(width: int, height: int) -> str:
    return f"图片有 {width}×{height} 像素，超过上限 10000 万像素；请缩小或降低扫描分辨率后再上传"


def test_T07_a_png_of_sixty_thousand_squared_is_refused(refusal: Refusal) -> None:
    assert refusal(png_head(60_000, 60_000), "a.png") == ("picture", large(60_000, 60_000))


def test_T07_a_jpeg_gif_or_webp_of_a_huge_size_is_refused(refusal: Refusal) -> None:
    jpeg = bytearray(drawn("JPEG"))
    struct.pack_into(">HH", jpeg, jpeg.index(b"\xff\xc0") + 5, 50_000, 60_000)
    assert refusal(bytes(jpeg), "a.jpg") == ("picture", large(60_000, 50_000))
    gif = bytearray(moving(1))
    struct.pack_into("<HH", gif, 6, 60_000, 60_000)
    assert refusal(bytes(gif), "a.gif") == ("picture", large(60_000, 60_000))
    gif = bytearray(moving(1))
    struct.pack_into("<HHHH", gif, gif.index(b",") + 1, 0, 0, 60_000, 60_000)
    assert refusal(bytes(gif), "a.gif") == ("picture", large(60_000, 60_000))
    webp = bytearray(drawn("WEBP", lossless=True))
    struct.pack_into("<L", webp, 21, 0xFFFFFFF)
    assert refusal(bytes(webp), "a.webp") == ("picture", large(16_384, 16_384))


def test_T07_an_animation_of_five_thousand_frames_is_refused(refusal: Refusal) -> None:
    told = ("picture", "动图有超过 500 帧；请截取其中的画面后再上传")
    assert refusal(moving(5_000), "a.gif") == told
    still = drawn("PNG")
    control = struct.pack(">L4sLLL", 8, b"acTL", 5_000, 0, 0)
    assert refusal(still[:33] + control + still[33:], "a.png") == told


@pytest.mark.parametrize(
    ("form", "data"),
    [
        (Form.PNG, photo("PNG")),
        (Form.GIF, photo("GIF")),
        (Form.JPEG, photo("JPEG")),
        (Form.JPEG, photo("JPEG", progressive=True, quality=95)),
        (Form.JPEG, photo("JPEG", restart_marker_blocks=1)),
        (Form.JPEG, photo("JPEG", exif=b"Exif\0\0" + photo("JPEG", quality=1)[:60_000])),
        (Form.WEBP, photo("WEBP")),
        (Form.WEBP, photo("WEBP", lossless=True)),
        (Form.WEBP, photo("WEBP", exif=b"Exif\0\0II")),
    ],
)
def test_T07_a_torn_picture_is_refused_wherever_it_breaks_off(form: Form, data: bytes) -> None:
    measured = MEASURES[form](io.BytesIO(data))
    assert (measured.width, measured.height, measured.frames) == (400, 300, 1)
    for end in {*range(20, len(data) - 2, len(data) // 50), len(data) - 2}:
        with pytest.raises(FileRefused, match=TORN):
            check_picture(io.BytesIO(data[:end]), form, Limits())


def test_T07_a_truncated_jpeg_is_refused(refusal: Refusal) -> None:
    assert refusal(photo("JPEG")[:-20], "a.jpg") == ("damaged", TORN)


def test_moving_pictures_are_taken_and_their_frames_counted(take: Take) -> None:
    for form, kind in ((Form.GIF, "gif"), (Form.WEBP, "webp"), (Form.PNG, "png")):
        data = frames(form.name, 5)
        assert MEASURES[form](io.BytesIO(data)).frames == 5
        assert take(data, f"a.{kind}").type is TYPES[kind]


def test_what_a_phone_writes_after_a_picture_harms_nobody(take: Take) -> None:
    assert take(photo("JPEG") + b"\0\0SEFT" * 10, "a.jpg").type is TYPES["jpg"]


@pytest.mark.parametrize(
    ("form", "data"),
    [
        (Form.GIF, moving(1)[:-1] + b"!\xfe" + b"\1a" * 2_000_000),
        (Form.GIF, moving(1)[:-1] + b"!\xfe\0" * 1_500_000),
        (Form.PNG, drawn("PNG")[:33] + b"\0\0\0\0tEXt\0\0\0\0" * 400_000),
        (Form.JPEG, b"\xff\xd8" + b"\xff\xfe\0\2" * 1_000_000),
        (Form.JPEG, b"\xff\xd8" + b"\xff" * 5_000_000),
        (Form.JPEG, photo("JPEG")[:-2] + b"\xff\xd0" * 5_000_000),
        (Form.WEBP, b"RIFF" + struct.pack("<L", 4_000_004) + b"WEBP" + b"JUNK\0\0\0\0" * 500_000),
    ],
)
def test_T07_a_picture_of_endless_pieces_is_refused_soon(form: Form, data: bytes) -> None:
    begun = time.process_time_ns()
    with pytest.raises(FileRefused, match=TORN):
        check_picture(io.BytesIO(data), form, Limits())
    assert time.process_time_ns() - begun < 1_000_000_000
