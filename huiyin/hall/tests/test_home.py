"""The first page, the community, help: few queries, few bytes, nothing from elsewhere."""

import re

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from huiyin.hall.tests.conftest import text_of


def test_the_first_page_asks_one_question(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")
    with django_assert_max_num_queries(4):
        response = client.get("/")
    page = text_of(response)
    assert response.status_code == 200 and "有什么事想说？" in page and "查进度" in page
    assert "您住在哪个社区" in page and "sessionid" not in client.cookies
    linked = re.findall(r'(?:src|href|action)="(https?:)?//', response.content.decode())
    assert not linked


def test_the_community_is_chosen_once(client: Client) -> None:
    response = client.post("/community/", {"community": "990101001001", "next": "/"})
    assert response["Location"] == "/"
    page = text_of(client.get("/"))
    assert "龙躺社区民意表达工作室" in page and "0990-0110201" in page and "13:30" in page
    assert client.post("/community/", {"community": "x", "next": "https://elsewhere.example/"})["Location"] == "/"
    client.cookies["community"] = "no'such"
    assert client.get("/").status_code == 200


def test_help_calls_defaults_defaults(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/help/")
    with django_assert_max_num_queries(10):
        response = client.get("/help/")
    page = text_of(response)
    assert "本平台默认，不是法律规定" in page and "怎样使用您的个人信息" in page
    assert "%(" not in page and "群众工作部" in page


def test_elder_mode_and_english_reach_the_hall(client: Client) -> None:
    client.post("/elder/", {"elder": "1", "next": "/"})
    assert "data-elder" in client.get("/").content.decode()
    client.post("/language/", {"language": "en", "next": "/"})
    assert client.get("/help/").status_code == 200 and client.get("/say/").status_code == 200
