"""Drawn pictures that stand for photos in the demo: no real place, no person."""

import io
from functools import cache
from typing import Final

from PIL import Image, ImageDraw

from huiyin.attachments import checks
from huiyin.attachments.checks import Checked

_DARKEST: Final = 40
_SHADES: Final = 120


def photo(words: str) -> Checked:
    """The picture that goes with some words; equal words have equal pictures."""
    return _drawn(_DARKEST + sum(words.encode()) % _SHADES)


@cache
def _drawn(shade: int) -> Checked:
    picture = Image.new("RGB", (960, 640), (233, 238, 236))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 420, 960, 640), fill=(shade + 60, shade + 66, shade + 64))
    for n in range(5):
        left = 40 + n * 190
        pen.rectangle((left, 120 + (shade * (n + 3)) % 160, left + 130, 420), fill=(shade + 30, shade + 50, shade + 58))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return checks.check("photo.jpg", out.getvalue())
