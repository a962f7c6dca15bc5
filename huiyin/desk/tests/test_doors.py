"""Who comes in, and who does not."""

from django.test import Client

from huiyin.desk.tests.conftest import Desk


def test_staff_log_in_first_and_come_back(haiqing: None) -> None:
    answer = Client().get("/desk/?list=triage")
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/login/?next=/desk/%3Flist%3Dtriage"


def test_every_page_opens(desk: Desk) -> None:
    clerk = desk("clerk.lt")
    for path in ("", "filters/", "register/", "box/", "messages/", "to-tell/", "rules/", "calendar/", "password/"):
        answer = clerk.get(f"/desk/{path}")
        assert answer.status_code == 200, path
