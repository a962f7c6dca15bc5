"""What an upload really is: only pictures that decode and plain PDF documents pass, and pictures are drawn anew."""

import io
import re
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from huiyin.kernel.errors import N_, DomainError

MAX_BYTES: Final = 12 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000
MAX_EDGE: Final = 2560
_JPEG_QUALITY: Final = 86
_NAME_LENGTH: Final = 100
_PDF_ACTIVE: Final = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|OpenAction|AA|XFA|RichMedia)\b")
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_PDF_HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class BadUpload(DomainError):
    """A file that cannot be kept; the sentence says what to do instead."""

    status = 422


class UploadTooLarge(DomainError):
    """A file above the size limit."""

    status = 413


@dataclass(frozen=True, slots=True)
class Checked:
    """An upload that passed: the bytes to keep (a redrawn picture has no location data), its type, its edges."""

    data: bytes
    name: str
    media_type: str
    width: int | None = None
    height: int | None = None


def check(name: str, data: bytes) -> Checked:
    """Check an upload by its content, never by its name. Raises BadUpload, UploadTooLarge."""
    safe = safe_name(name)
    check_size(name, len(data))
    if not data:
        raise BadUpload("upload_empty", N_("文件「%(name)s」是空的，请重新选择。您写的文字已保留。"), name=safe)
    if data[:5] == b"%PDF-":
        return _check_pdf(safe, data)
    return _redrawn(safe, data)


def check_size(name: str, size_bytes: int) -> None:
    """Check the size of an upload before its bytes are read into memory. Raises UploadTooLarge."""
    if size_bytes > MAX_BYTES:
        raise UploadTooLarge(
            "upload_too_large",
            N_("文件「%(name)s」有 %(size)s MB，超过 %(limit)s MB。请压缩或重拍后再传，您写的文字已保留。"),
            name=safe_name(name),
            size=round(size_bytes / 1048576),
            limit=MAX_BYTES // 1048576,
        )


def safe_name(name: str) -> str:
    """A file name without folders, control characters or excess length."""
    bare = re.sub(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e]", "", re.split(r"[/\\]", name)[-1]).strip(". ")
    stem, dot, suffix = bare.rpartition(".")
    return f"{stem[:_NAME_LENGTH]}{dot}{suffix[:8]}" if stem else (bare[:_NAME_LENGTH] or "file")


def _check_pdf(name: str, data: bytes) -> Checked:
    plain = _PDF_HEX.sub(lambda found: bytes.fromhex(found[1].decode()), data)  # a name may be written /J#61vaScript
    if _PDF_ACTIVE.search(plain) or b"%%EOF" not in data[-2048:]:
        raise BadUpload(
            "pdf_active",
            N_("文件「%(name)s」带有脚本或不完整，不能接收。请另存为普通 PDF 或拍照上传。您写的文字已保留。"),
            name=name,
        )
    return Checked(data, name, "application/pdf")


def _redrawn(name: str, data: bytes) -> Checked:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as source:
            source.draft("RGB", (MAX_EDGE, MAX_EDGE))
            picture = ImageOps.exif_transpose(source).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise BadUpload(
            "upload_not_a_picture",
            N_("文件「%(name)s」不是能打开的照片或 PDF。请换一张照片再传，您写的文字已保留。"),
            name=name,
        ) from error
    picture.info.clear()  # a comment, a colour profile or a place would be written into the new picture
    picture.thumbnail((MAX_EDGE, MAX_EDGE))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=_JPEG_QUALITY, optimize=False)
    stem = name.rpartition(".")[0] or name
    return Checked(out.getvalue(), f"{stem}.jpg", "image/jpeg", picture.width, picture.height)
