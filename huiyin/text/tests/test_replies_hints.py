"""What a reviewer is told about a reply: asks left open, no basis, no date, no next step."""

from huiyin.text import replies
from huiyin.text.replies import HintKind

_SUBJECT = "幸福小区路灯不亮"
_DETAIL = "幸福小区三栋门前路灯坏了半个月，老人晚上出门容易摔倒。请问路灯什么时候修好？另外垃圾清运为什么总是不及时？"


def kinds(reply: str) -> list[HintKind]:
    return [hint.kind for hint in replies.check_reply(_SUBJECT, _DETAIL, reply)]


def test_a_full_reply_gets_no_hint() -> None:
    reply = (
        "您好！经查，三栋门前路灯线路老化，已于5月3日修好；垃圾清运因车辆检修不及时，根据《城市生活垃圾管理办法》，"
        "已责令清运公司每日清运一次，下一步将每周检查。如有疑问可拨打街道电话。"
    )
    assert kinds(reply) == []


def test_courtesy_alone_is_too_short_and_lacks_everything() -> None:
    assert set(kinds("您好！来信已收悉，感谢您的关注！")) == {
        HintKind.TOO_SHORT,
        HintKind.ASK_UNANSWERED,
        HintKind.NO_BASIS,
        HintKind.NO_DATE,
        HintKind.NO_NEXT_STEP,
    }


def test_an_ask_left_open_is_quoted_with_its_words_in_both_languages() -> None:
    reply = "经查，门前路灯线路老化，根据市政养护标准已安排维修，路灯将于2026年5月3日前修好，请耐心等待，特此回复。"
    open_asks = [hint for hint in replies.check_reply(_SUBJECT, _DETAIL, reply) if hint.kind is HintKind.ASK_UNANSWERED]
    assert [hint.quote for hint in open_asks] == ["另外垃圾清运为什么总是不及时？"]
    assert "垃圾" in open_asks[0].words
    assert "垃圾" in open_asks[0].zh
    assert "垃圾" in open_asks[0].en


def test_every_hint_speaks_both_languages() -> None:
    for hint in replies.check_reply("", "", ""):
        assert hint.zh
        assert hint.en.isascii()


def test_traditional_writing_and_full_width_dates_are_understood() -> None:
    reply = "經查，路燈線路老化，垃圾清運車輛檢修。根據《照明管理規定》，已於２０２６年５月安排，下一步巡查。"
    assert kinds(reply) == []
