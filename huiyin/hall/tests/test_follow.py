"""Receipt, track and follow: only by this device or by number and code; what the petitioner does there."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Stage
from huiyin.appeals.workflow import feedback, handling, triage
from huiyin.attachments.checks import check
from huiyin.attachments.models import Attachment
from huiyin.hall.models import WrongTry
from huiyin.hall.tests.conftest import code_of, photo, text_of
from huiyin.people import queries as people
from tests.journeys.steps import go, who

Form = Callable[..., dict[str, Any]]


def answered(appeal: Appeal) -> None:
    """Lead a matter to its answer, as S01 does."""
    clerk, housing, reviewer = who("clerk.lt"), who("contact.housing"), who("director.lt")
    go("03-02 10:20")
    triage.accept(clerk, appeal.pk, appeal_type="help", category="010101")
    triage.dispatch(clerk, appeal.pk, unit_id=people.unit_by_code("housing").pk, reason="道路照明养护职责")
    handling.sign(housing, appeal.pk)
    handling.contact(housing, appeal.pk, text="电话联系，说明位置在 3 号楼东侧。")
    go("03-05 16:00")
    lamp = check("灯.png", photo().read())
    handling.submit_reply(housing, appeal.pk, result="resolved", text="已更换灯具，当晚恢复照明。", files=(lamp,))
    go("03-06 10:00")
    handling.pass_reply(reviewer, appeal.pk)
    for party, way in (("asker", "phone"), ("studio", "internal"), ("work_department", "internal")):
        feedback.record_slip(housing, appeal.pk, party=party, way=way, evidence="03-06 11:00 通话 3 分钟")
    feedback.deliver(housing, appeal.pk)


def prove(appeal: Appeal) -> Client:
    """Another device that proves number and code."""
    client = Client()
    response = client.post("/track/", {"number": appeal.number, "code": code_of(appeal)})
    assert response.status_code == 302
    return client


def test_the_receipt_says_number_code_date_and_count(
    client: Client, registered: Appeal, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(10):
        response = client.get(f"/receipt/{registered.number}/")
    page = text_of(response)
    grouped = re.sub(r"(\d{4})(?=\d)", r"\1 ", registered.number)
    assert grouped in page and "最晚 3月9日（周一）答复您" in page
    assert "从 3月3日（周二）起数 5 个工作日" in page and "周末" in page
    assert "<svg" in response.content.decode() and "王" not in page
    assert "19900001001" not in page.replace(" ", ""), "neither name nor phone stands on a receipt"
    assert code_of(registered) not in response.content.decode().replace(" ", "").split("receipt-qr")[1]


def test_a_default_limit_is_never_called_law(client: Client, registered: Appeal) -> None:
    limit = registered.answer_limit
    limit.mark = "DEF"
    limit.save(update_fields=["mark"])
    client.get("/")
    from_page = text_of(client.get(f"/receipt/{registered.number}/"))
    assert "本平台默认的时限，不是法律规定的" in from_page or "依据" in from_page


def test_the_receipt_is_for_the_device_that_said_it(registered: Appeal) -> None:
    response = Client().get(f"/receipt/{registered.number}/")
    assert response.status_code == 302 and response["Location"] == f"/track/?number={registered.number}"
    assert prove(registered).get(f"/receipt/{registered.number}/").status_code == 200


def test_number_and_code_open_the_matter_however_they_are_typed(
    registered: Appeal, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = Client()
    code = code_of(registered)
    with django_assert_max_num_queries(12):
        response = client.post("/track/", {"number": f" {registered.number[:4]}-{registered.number[4:]}", "code": code})
    assert response["Location"] == f"/track/{registered.number}/"
    with django_assert_max_num_queries(10):
        page = text_of(client.get(response["Location"]))
    assert "正在看该由谁来办" in page and "路灯不亮" in page
    with django_assert_max_num_queries(10):
        assert "这台设备上查过的事" in text_of(client.get("/track/"))


def test_a_wrong_code_five_times_means_waiting(registered: Appeal) -> None:
    client, wrong = Client(), {"number": registered.number, "code": "0000000000"}
    for _ in range(5):
        response = client.post("/track/", wrong)
        assert response.status_code == 404 and "编号或查询码不对" in text_of(response)
        assert registered.number in response.content.decode()
    right = {"number": registered.number, "code": code_of(registered)}
    refused = client.post("/track/", right)
    assert refused.status_code == 429 and "等 15 分钟" in text_of(refused)
    assert client.post("/track/", right, REMOTE_ADDR="10.0.0.9").status_code == 302
    assert registered.number.encode() not in bytes(WrongTry.objects.first().digest)  # type: ignore[union-attr]
    go("03-02 10:16")
    assert client.post("/track/", right).status_code == 302
    assert not WrongTry.objects.exists()


def test_an_unknown_number_says_no_more_than_a_wrong_code(registered: Appeal) -> None:
    unknown = Client().post("/track/", {"number": "260000000000", "code": code_of(registered)})
    assert unknown.status_code == 404 and "编号或查询码不对" in text_of(unknown)
    assert Client().post("/track/", {}).status_code == 422


def test_each_step_is_told_in_plain_words(
    client: Client, registered: Appeal, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    answered(registered)
    go("03-06 12:00")
    with django_assert_max_num_queries(10):
        response = client.get(f"/track/{registered.number}/")
    page = text_of(response)
    for words in (
        "已受理",
        "交给住建局办理",
        "已签收",
        "3 号楼东侧",
        "已更换灯具",
        "已把结果告诉您：电话",
        "请评议",
        "办得怎么样",
        "非常不满意",
        "0990-0110201",
    ):
        assert words in page, words
    assert "道路照明养护职责" not in page and "王秀兰" not in page


def test_the_answer_is_not_shown_before_review(client: Client, registered: Appeal) -> None:
    clerk, housing = who("clerk.lt"), who("contact.housing")
    triage.accept(clerk, registered.pk, appeal_type="help", category="010101")
    triage.dispatch(clerk, registered.pk, unit_id=people.unit_by_code("housing").pk, reason="职责")
    handling.sign(housing, registered.pk)
    handling.contact(housing, registered.pk, text="电话联系。")
    lamp = check("灯.png", photo().read())
    handling.submit_reply(housing, registered.pk, result="resolved", text="还没审核的话", files=(lamp,))
    page = text_of(client.get(f"/track/{registered.number}/"))
    assert "结果正在审核" in page and "还没审核的话" not in page
    assert client.get(f"/file/{Attachment.objects.get().pk}/").status_code == 404


def test_a_rating_closes_or_asks_why(client: Client, registered: Appeal) -> None:
    answered(registered)
    go("03-06 12:00")
    address = f"/track/{registered.number}/rate/"
    assert "请选一个评价" in text_of(client.post(address, {}))
    asked = client.post(address, {"grade": "2"})
    assert asked.status_code == 422 and "请说说哪里不满意" in text_of(asked)
    assert client.post(address, {"grade": "4"}).status_code == 302
    page = text_of(client.get(f"/track/{registered.number}/"))
    assert "您评了「满意」" in page and "记下我的评议" not in page
    late = client.post(address, {"grade": "1", "remark": "又坏了"})
    assert late.status_code == 422 and "本轮已结束" in text_of(late)


def test_dissatisfied_leads_to_another_round(client: Client, registered: Appeal) -> None:
    answered(registered)
    go("03-06 12:00")
    client.post(f"/track/{registered.number}/rate/", {"grade": "2", "remark": "灯还是不亮"})
    page = text_of(client.get(f"/track/{registered.number}/"))
    assert "住建局要重新办" in page and "退回重新办理" in page and "重办要在" in page


def test_what_was_missing_is_supplied_with_photos(client: Client, registered: Appeal) -> None:
    triage.request_info(who("clerk.lt"), registered.pk, missing="请说明是哪一盏灯。")
    page = text_of(client.get(f"/track/{registered.number}/"))
    assert "等您补上" in page and "请说明是哪一盏灯" in page
    address = f"/track/{registered.number}/supply/"
    assert client.post(address, {"text": " "}).status_code == 422
    assert client.post(address, {"text": "东侧第二盏。", "photos": [photo("东侧.png")]}).status_code == 302
    registered.refresh_from_db()
    assert registered.stage == Stage.REGISTERED
    page = text_of(client.get(f"/track/{registered.number}/"))
    assert "东侧第二盏" in page and "东侧.jpg" in page


def test_files_are_for_the_device_that_proved_the_matter(client: Client, said: Form) -> None:
    client.post("/say/", said(photos=[photo()]))
    address = f"/file/{Attachment.objects.get().pk}/"
    response = client.get(address)
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"  # type: ignore[attr-defined]  # a FileResponse
    assert response.status_code == 200 and response["X-Content-Type-Options"] == "nosniff"
    assert Client().get(address).status_code == 404
    assert client.get("/file/999999/").status_code == 404


def test_a_matter_is_taken_back_on_a_page_of_its_own(client: Client, registered: Appeal) -> None:
    address = f"/track/{registered.number}/withdraw/"
    assert "谁也不能劝您撤回" in text_of(client.get(address))
    assert client.post(address, {"text": "自己修好了", "version": registered.version}).status_code == 302
    assert "您撤回了这件事" in text_of(client.get(f"/track/{registered.number}/"))
    assert client.get(address).status_code == 302


def test_who_acts_on_an_old_page_is_told(client: Client, registered: Appeal) -> None:
    triage.accept(who("clerk.lt"), registered.pk, appeal_type="help", category="010101")
    response = client.post(f"/track/{registered.number}/withdraw/", {"text": "", "version": "1"})
    assert response.status_code == 409
    registered.refresh_from_db()
    assert registered.stage == Stage.ACCEPTED


def test_this_device_can_be_made_to_forget(client: Client, registered: Appeal) -> None:
    assert client.post("/forget/").status_code == 302
    assert client.get(f"/track/{registered.number}/").status_code == 302
    assert Appeal.objects.filter(pk=registered.pk).exists()


def test_acts_on_a_matter_that_was_not_proved_ask_for_the_code(registered: Appeal) -> None:
    stranger = Client()
    for act in ("supply", "rate", "withdraw"):
        response = stranger.post(f"/track/{registered.number}/{act}/", {"text": "x", "grade": "5"})
        assert response.status_code == 302 and "/track/?number=" in response["Location"]
    assert stranger.get("/track/nonsense/").status_code == 302
