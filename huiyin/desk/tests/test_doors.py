"""Who comes in, and who does not; log in, log out, a new password."""

from django.test import Client

from huiyin.demo import district
from huiyin.desk.tests.conftest import Desk
from huiyin.people import queries as people
from huiyin.people.models import Post
from tests.journeys.steps import go


def test_staff_log_in_first_and_come_back(haiqing: None) -> None:
    answer = Client().get("/desk/?list=triage")
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/login/?next=/desk/%3Flist%3Dtriage"
    part = Client().get("/desk/filters/", HTTP_HX_REQUEST="true")
    assert part["HX-Redirect"].startswith("/desk/login/")


def test_every_page_opens(desk: Desk) -> None:
    clerk = desk("clerk.lt")
    for path in ("", "filters/", "register/", "box/", "messages/", "to-tell/", "rules/", "calendar/", "password/"):
        answer = clerk.get(f"/desk/{path}")
        assert answer.status_code == 200, path


def test_name_and_password_open_the_door(db: None) -> None:
    district.load(password="haiqing-2026")
    go("03-02 10:00")
    client = Client()
    page = client.get("/desk/login/").content.decode()
    assert "工作人员登录" in page and "海清区" in page
    wrong = client.post("/desk/login/", {"username": "clerk.lt", "password": "guess"})
    assert wrong.status_code == 200 and "登录名或密码不对" in wrong.content.decode()
    right = client.post("/desk/login/", {"username": "clerk.lt", "password": "haiqing-2026", "next": "/desk/box/"})
    assert right["Location"] == "/desk/box/"
    short = {"old_password": "haiqing-2026", "new_password1": "short", "new_password2": "short"}
    assert "至少要 10 个字符" in client.post("/desk/password/", short).content.decode()
    longer = short | {"new_password1": "a much longer one", "new_password2": "a much longer one"}
    assert client.post("/desk/password/", longer).status_code == 302
    assert client.post("/desk/logout/").status_code == 302
    assert client.get("/desk/").status_code == 302


def test_without_a_post_there_is_nothing_to_see(desk: Desk) -> None:
    client = desk("clerk.lt")
    Post.objects.filter(user=people.user_by_login("clerk.lt")).delete()
    answer = client.get("/desk/")
    assert answer.status_code == 403 and "没有任何岗位" in answer.content.decode()
