"""Uploads that want to do harm are refused with a sentence, and pictures lose what they tell beside the picture."""

import errno
import io
import os
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict
from PIL import Image

from huiyin.attachments import checks, store
from huiyin.attachments.checks import BadUpload, UploadTooLarge
from huiyin.attachments.forms import FilesField, status_of
from huiyin.attachments.store import StoreFull
from huiyin.kernel.errors import DomainError

SCRIPT = b"<script>alert(1)</script>"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def picture(kind: str, size: tuple[int, int] = (40, 30), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#446688").save(out, kind, **more)
    return out.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, data)
    return out.getvalue()


REFUSED = {
    "nothing at all": b"",
    "an SVG with a script": b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>",
    "a page": b"<!doctype html><html>" + SCRIPT + b"</html>",
    "a zip bomb": zipped("a", bytes(20_000_000)),
    "a document with macros": zipped("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
    "a program": b"MZ" + bytes(200),
    "a script": b"#!/bin/sh\nrm -rf /\n",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run\n",
    "half a JPEG": picture("JPEG", (400, 300))[:900],
    "only the start of a PNG": b"\x89PNG\r\n\x1a\n",
    "a GIF that is a script": b"GIF89a/*" + SCRIPT + b"*/=1;",
    "a PDF with JavaScript": PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"),
    "a PDF whose JavaScript is spelt in hex": PDF.replace(b"/Catalog", b"/Catalog/Open#41ction<</S/J#61vaScript>>"),
    "a PDF that starts a program": PDF.replace(b"/Catalog", b"/Catalog/AA<</S/Launch>>"),
    "a PDF with a file inside": PDF.replace(b"/Catalog", b"/Catalog/EmbeddedFile"),
    "half a PDF": PDF[:20],
    "a picture of more than 50 million pixels": picture("PNG", (11_000, 10_000)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_picture_and_no_plain_pdf_is_refused(what: str) -> None:
    with pytest.raises(BadUpload) as refused:
        checks.check("照片.jpg", REFUSED[what])
    assert refused.value.status == 422 and "照片" in str(refused.value)


def test_twelve_megabytes_are_the_limit_whatever_is_claimed() -> None:
    with pytest.raises(UploadTooLarge) as refused:
        checks.check_size("大.jpg", 1_073_741_824)
    assert refused.value.status == 413 and "1024 MB" in str(refused.value)
    with pytest.raises(UploadTooLarge):
        checks.check("大.pdf", PDF + bytes(checks.MAX_BYTES))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_polyglot_is_drawn_anew_and_loses_its_second_half(kind: str) -> None:
    kept = checks.check("猫.html", picture(kind) + SCRIPT + zipped("x", b"y"))
    assert (kept.media_type, kept.name, kept.width, kept.height) == ("image/jpeg", "猫.jpg", 40, 30)
    assert b"script" not in kept.data and b"PK\x03\x04" not in kept.data


def test_the_place_and_the_phone_of_a_photo_are_taken_out_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "Phone of Wang", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 20.0)})
    kept = checks.check("灯.jpg", picture("JPEG", exif=exif, comment=b"home"))
    with Image.open(io.BytesIO(kept.data)) as redrawn:
        assert dict(redrawn.getexif()) == {} and "comment" not in redrawn.info
        assert redrawn.size == (30, 40), "turned as the camera was held"
    assert b"Wang" not in kept.data


def test_a_large_photo_is_made_smaller_and_a_plain_pdf_is_kept_as_it_is() -> None:
    kept = checks.check("大.png", picture("PNG", (4000, 1000)))
    assert (kept.width, kept.height) == (2560, 640)
    assert checks.check("表.pdf", PDF).data == PDF


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\灯.jpg", "灯.jpg"),
        ("a\x00b\r\n.jpg", "ab.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("...", "file"),
        ("", "file"),
        ('"><script>.png', "script.png"),
    ],
)
def test_a_name_holds_no_folder_and_no_trick(given: str, kept: str) -> None:
    assert checks.safe_name(given) == kept


def test_a_name_of_five_thousand_letters_fits_its_column() -> None:
    for name in ("长" * 5000 + ".jpeg", "长" * 5000, "x." + "y" * 5000):
        assert len(checks.check(name, picture("PNG")).name) <= 120


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.HUIYIN_FILES = str(tmp_path)
    return tmp_path


def test_equal_bytes_are_kept_once_under_their_hash(folder: Path) -> None:
    first = store.put(b"lamp")
    assert first == store.put(b"lamp") == sha256(b"lamp").hexdigest()
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [first]
    assert store.read(first) == b"lamp"


@pytest.mark.parametrize("call", ["fsync", "mkdir"])
def test_a_full_disk_is_told_and_leaves_no_part_of_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os if call == "fsync" else Path, call, full)
    with pytest.raises(StoreFull) as refused:
        store.put(b"lamp")
    assert refused.value.status == 507 and "文字没有丢" in str(refused.value)
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    monkeypatch.undo()
    assert store.read(store.put(b"lamp")) == b"lamp", "readable as soon as there is room"


class PhotoForm(forms.Form):
    photos = FilesField(most=2, required=False)
    scans = FilesField()


def filled(*photos: bytes, scan: bytes = PDF) -> PhotoForm:
    given: list[UploadedFile[Any]] = [SimpleUploadedFile(f"{n}.jpg", data) for n, data in enumerate(photos)]
    scans: list[UploadedFile[Any]] = [SimpleUploadedFile("s.pdf", scan)] if scan else []
    return PhotoForm({}, MultiValueDict({"photos": given, "scans": scans}))


def test_a_form_gives_checked_files_and_tells_a_refusal_beside_the_field() -> None:
    good = filled(picture("PNG"), picture("JPEG"))
    assert good.is_valid() and [kept.media_type for kept in good.cleaned_data["photos"]] == ["image/jpeg"] * 2
    bad = filled(SCRIPT)
    assert not bad.is_valid() and "不是能打开的照片" in str(bad.errors["photos"]) and status_of(bad) == 422
    large = filled(bytes(checks.MAX_BYTES + 1))
    assert not large.is_valid() and status_of(large) == 413
    many = filled(*[picture("PNG")] * 3)
    assert "您选了 3 张照片，最多 2 张" in str(many.errors["photos"])
    assert "scans" in filled(scan=b"").errors, "a file that is needed is asked for"


def test_every_refusal_of_an_upload_is_one_of_the_field() -> None:
    for data in REFUSED.values():
        with pytest.raises(DomainError):
            checks.check("x", data)
