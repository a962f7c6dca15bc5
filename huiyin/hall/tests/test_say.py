"""Say it: words in, receipt out, once; whatever goes wrong, the words stay."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from huiyin.appeals.models import Appeal
from huiyin.attachments.models import Attachment
from huiyin.hall.tests.conftest import number_in, photo, text_of
from huiyin.territory import queries as territory
from tests.journeys.steps import go

Form = Callable[..., dict[str, Any]]


def test_the_form_asks_three_things_and_leaves_no_session(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        response = client.get("/say/")
    page = text_of(response)
    assert response.status_code == 200
    assert all(
        words in page for words in ("什么事", "在哪里", "怎么联系您", "为什么要问", "110", "12388", "不留联系方式")
    )
    assert "sessionid" not in client.cookies


def test_a_matter_becomes_a_number_and_a_receipt(
    client: Client, said: Form, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert Client().post("/say/", said()).status_code == 302
    filled = said(photos=[photo()])
    with django_assert_max_num_queries(15):
        response = client.post("/say/", filled)
    assert response.status_code == 302, text_of(response)
    appeal = Appeal.objects.get(number=number_in(response["Location"]))
    assert appeal.detail == "铁路小区 3 号楼前路灯不亮，晚上看不见路。"
    assert appeal.area.code == "lt-tielu-03" and appeal.channel.code == "web"
    assert Attachment.objects.get(subject_id=appeal.pk).media_type == "image/jpeg"


def test_the_words_of_the_first_page_come_along(client: Client) -> None:
    response = client.post("/say/", {"start": "1", "detail": "楼下垃圾桶满了"})
    assert response.status_code == 200 and "楼下垃圾桶满了" in response.content.decode()
    assert "还差一点" not in text_of(response)


def test_a_place_is_found_without_javascript(client: Client, said: Form) -> None:
    response = client.post("/say/", said(area="", place_text="铁路院三号楼门口", find="1"))
    assert response.status_code == 200
    assert "铁路小区3号楼（龙躺社区）" in text_of(response) and "路灯不亮" in response.content.decode()


def test_words_that_name_places_are_asked_back_once(client: Client, said: Form) -> None:
    response = client.post("/say/", said(area="", place_text="铁路小区门口"))
    assert response.status_code == 422 and "点一个最接近的地方" in text_of(response)
    assert client.post("/say/", said(area="0", place_text="铁路小区门口")).status_code == 302


def test_who_cannot_say_where_is_registered_in_their_community(client: Client, said: Form) -> None:
    client.post("/community/", {"community": "990101001001", "next": "/say/"})
    assert "说不清，先记在龙躺社区" in text_of(client.get("/say/"))
    response = client.post("/say/", said(area="", place_text="", unsure="on"))
    assert Appeal.objects.get(number=number_in(response["Location"])).area.name == "龙躺社区"


def test_nothing_about_the_person_is_kept_when_they_say_so(client: Client, said: Form) -> None:
    response = client.post("/say/", said(reach="none"))
    appeal = Appeal.objects.get(number=number_in(response["Location"]))
    assert appeal.is_anonymous and appeal.contact is None
    assert "在公示栏公布" in text_of(client.get(response["Location"]))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"detail": ""}, "一句话也可以"),
        ({"detail": "   \n"}, "一句话也可以"),
        ({"detail": "灯" * 20_000}, "您写了 20000 字，最多能登记 5000 字"),
        ({"phone": ""}, "请留一个打得通的电话"),
        ({"phone": "12"}, "好像少了或多了数字"),
        ({"area": "", "place_text": ""}, "勾「说不清」"),
        ({"area": "99999999"}, "没有找到这个地点"),
        ({"area": "铁路"}, "没有找到这个地点"),
        ({"reach": ""}, "请选一项"),
    ],
)
def test_what_is_missing_is_told_and_the_words_stay(
    client: Client, said: Form, changed: dict[str, str], sentence: str
) -> None:
    filled = said(**changed)
    response = client.post("/say/", filled)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert (filled["detail"].strip() or "王秀兰") in response.content.decode()
    assert not Appeal.objects.exists() and "sessionid" not in client.cookies


def test_a_double_click_makes_one_appeal_and_the_same_receipt(client: Client, said: Form) -> None:
    filled = said()
    first, second = client.post("/say/", filled), Client().post("/say/", filled)
    assert first["Location"] == second["Location"] and Appeal.objects.count() == 1


def test_a_used_key_with_other_words_is_refused_and_can_be_sent_anew(client: Client, said: Form) -> None:
    key = str(uuid.uuid4())
    client.post("/say/", said(key=key))
    response = client.post("/say/", said(key=key, detail="楼上漏水"))
    assert response.status_code == 409
    assert "已经登记过" in text_of(response) and "楼上漏水" in response.content.decode()
    assert key not in response.content.decode()
    assert Appeal.objects.count() == 1


def test_a_photo_of_thirty_megabytes_is_refused_with_its_size(client: Client, said: Form) -> None:
    big = SimpleUploadedFile("大.jpg", b"\xff\xd8\xff" + b"0" * (30 * 1024 * 1024), "image/jpeg")
    response = client.post("/say/", said(photos=[big]))
    assert response.status_code == 413
    page = text_of(response)
    assert "30 MB" in page and "超过 12 MB" in page and "路灯不亮" in response.content.decode()
    assert "照片没有留住" in page


def test_a_body_larger_than_any_form_is_not_read(client: Client) -> None:
    response = client.post("/say/", b"x", content_type="text/plain", CONTENT_LENGTH=str(200 * 1024 * 1024))
    assert response.status_code == 413 and "照片加起来太大了" in text_of(response)


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b"MZ\x90\x00program", b"", b"%PDF-1.7 /JavaScript %%EOF"])
def test_a_disguised_upload_is_refused_by_its_content(client: Client, said: Form, data: bytes) -> None:
    response = client.post("/say/", said(photos=[SimpleUploadedFile("灯.jpg", data, "image/jpeg")]))
    assert response.status_code == 422 and "路灯不亮" in response.content.decode()
    assert not Appeal.objects.exists()


def test_seven_photos_are_one_too_many(client: Client, said: Form) -> None:
    response = client.post("/say/", said(photos=[photo(f"{n}.png") for n in range(7)]))
    assert response.status_code == 422 and "最多 6 张" in text_of(response)


def test_a_lost_session_gives_the_words_back(said: Form) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/say/", said())
    assert response.status_code == 403
    assert "再按一次" in text_of(response) and "路灯不亮" in response.content.decode()
    assert not Appeal.objects.exists()


def test_a_date_beyond_the_calendar_is_a_clear_sentence(client: Client, said: Form) -> None:
    go("12-31 10:00")
    response = client.post("/say/", said())
    assert response.status_code == 422
    assert "算不出答复日期" in text_of(response) and "路灯不亮" in response.content.decode()


def test_parts_beside_the_form_answer_alone(client: Client) -> None:
    found = client.post("/say/places/", {"place_text": "铁路小区 3 号楼"})
    assert "铁路小区3号楼" in text_of(found) and "checked" in found.content.decode()
    assert client.post("/say/alike/", {"detail": "路灯不亮"}).status_code == 200
    assert territory.area_by_code("lt-tielu-03").pk


def test_bytes_that_are_no_text_are_no_error_500(client: Client, said: Form) -> None:
    assert client.post("/say/", said(detail="灯\x00灯")).status_code == 422
    assert client.post("/say/", said(key="no-uuid")).status_code == 422
    assert client.post("/say/", said(photos=[io.BytesIO(b"\x89PNG\r\n\x1a\n")])).status_code == 422
