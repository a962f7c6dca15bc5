"""Files are given to those who see their matter, and to nobody else."""

from typing import cast

from django.http import FileResponse

from huiyin.appeals import belongings
from huiyin.appeals.workflow import handling
from huiyin.attachments import checks
from huiyin.attachments.models import Attachment
from huiyin.desk.tests import matters
from huiyin.desk.tests.conftest import Desk
from huiyin.desk.tests.test_acts import photo
from tests.journeys.steps import who


def read(answer: object) -> bytes:
    """The bytes of a file that was sent; reading them to the end closes the file."""
    return cast("FileResponse", answer).getvalue()


def test_a_picture_opens_safely_for_those_who_see_the_matter(desk: Desk) -> None:
    matters.registered(files=(checks.check("现场 1.jpg", photo().read()),))
    kept = Attachment.objects.get()
    answer = desk("clerk.lt").get(f"/desk/file/{kept.pk}/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == "inline; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%201.jpg"
    assert answer["Cache-Control"] == "private, max-age=3600" and "sandbox" in answer["Content-Security-Policy"]
    assert read(answer)[:2] == b"\xff\xd8"


def test_others_find_no_file(desk: Desk) -> None:
    matters.registered(files=(checks.check("现场.jpg", photo().read()),))
    kept = Attachment.objects.get()
    assert desk("clerk.ml").get(f"/desk/file/{kept.pk}/").status_code == 404
    assert desk("clerk.lt").get("/desk/file/999999/").status_code == 404


def test_the_photos_of_a_reply_belong_to_its_appeal(desk: Desk) -> None:
    found = matters.handling_at_housing()
    unit = who("contact.housing")
    handling.contact(unit, found.pk, text="已联系。")
    kept = (checks.check("修后.jpg", photo().read()),)
    handling.submit_reply(unit, found.pk, result="resolved", text="已更换灯具。", files=kept)
    file = Attachment.objects.get()
    answer = desk("director.lt").get(f"/desk/file/{file.pk}/")
    assert answer.status_code == 200
    assert read(answer)
    assert desk("clerk.ml").get(f"/desk/file/{file.pk}/").status_code == 404
    assert "修后.jpg" in desk("clerk.lt").get(f"/desk/appeal/{found.pk}/").content.decode()
    assert len(belongings.replies(found)) == 1
