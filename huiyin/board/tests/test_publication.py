"""Two people answer for a notice: one prepares beside the original, another releases."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.attachments.models import Attachment
from huiyin.board.tests.conftest import Enter, lamp, photo, picture, prepared
from huiyin.kernel.errors import NotFound
from huiyin.publication import workflow
from huiyin.publication.models import Notice
from tests.journeys.steps import who

GOOD = {"title": "路灯不亮", "place": "铁路小区", "said": "铁路小区路灯不亮", "answer": "已更换灯具。"}


def test_waiting_lists_drafts_and_who_prepared(enter: Enter, draft: Notice) -> None:
    clerk = enter("clerk.lt")
    words = clerk.get("/board/staff/").content.decode()
    assert f"/board/staff/{draft.pk}/prepare/" in words
    prepared(draft)
    words = clerk.get("/board/staff/").content.decode()
    assert f"/board/staff/{draft.pk}/release/" in words
    assert "您整理的，请同事核对" in words
    assert "您整理的" not in enter("director.lt").get("/board/staff/").content.decode()


def test_the_original_stands_beside_with_marks_and_reasons(enter: Enter, draft: Notice) -> None:
    words = enter("clerk.lt").get(f"/board/staff/{draft.pk}/prepare/").content.decode()
    assert "<mark" in words
    assert "王秀兰" in words, "the person who prepares sees the original"
    assert "当事人信息：和登记的诉求人姓名、电话等相同" in words
    assert "楼号门牌：公示只写到小区" in words


def test_prepare_then_release_by_another(enter: Enter, draft: Notice) -> None:
    clerk, director = enter("clerk.lt"), enter("director.lt")
    sent = clerk.post(f"/board/staff/{draft.pk}/prepare/", GOOD)
    assert (sent.status_code, sent["Location"]) == (302, "/board/staff/")
    own = clerk.post(f"/board/staff/{draft.pk}/release/", {"act": "release"})
    assert own.status_code == 422
    assert "整理和核对不能是同一个人" in own.content.decode()
    page = director.get(f"/board/staff/{draft.pk}/release/").content.decode()
    assert "核对无误，公示" in page
    assert director.post(f"/board/staff/{draft.pk}/release/", {"act": "release"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "released"
    again = director.post(f"/board/staff/{draft.pk}/release/", {"act": "release"})
    assert again.status_code == 409
    assert director.post(f"/board/staff/{draft.pk}/release/", {"act": "retract"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_one_who_prepared_is_told_why_not_to_release(enter: Enter, draft: Notice) -> None:
    prepared(draft)
    words = enter("clerk.lt").get(f"/board/staff/{draft.pk}/release/").content.decode()
    assert "请另一位同事核对后公示" in words
    assert "核对无误，公示" not in words


@pytest.mark.parametrize("place", ["铁路小区3号楼", "铁路小区 3号楼 2单元", "铁路小区5-2-301室"])
def test_a_place_below_the_estate_is_refused(enter: Enter, draft: Notice, place: str) -> None:
    answer = enter("clerk.lt").post(f"/board/staff/{draft.pk}/prepare/", GOOD | {"place": place})
    assert answer.status_code == 422
    assert "地点写得太细" in answer.content.decode()
    assert "已更换灯具。" in answer.content.decode(), "the words typed are kept"


def test_personal_data_left_in_the_words_is_told(enter: Enter, draft: Notice) -> None:
    enter("clerk.lt").post(f"/board/staff/{draft.pk}/prepare/", GOOD | {"said": "请联系王秀兰 19900001001"})
    words = enter("director.lt").get(f"/board/staff/{draft.pk}/release/").content.decode()
    assert "公示文字里这些还像个人信息" in words


def test_sent_back_and_withheld_with_a_reason(enter: Enter, draft: Notice) -> None:
    prepared(draft)
    director = enter("director.lt")
    assert director.post(f"/board/staff/{draft.pk}/release/", {"act": "send_back"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "draft"
    none = director.post(f"/board/staff/{draft.pk}/release/", {"act": "withhold"})
    assert none.status_code == 422
    director.post(f"/board/staff/{draft.pk}/release/", {"act": "withhold", "reason": "privacy"})
    draft.refresh_from_db()
    assert (draft.state, draft.withheld_reason) == ("withheld", "privacy")


def test_a_covered_copy_goes_into_the_notice_and_a_fake_does_not(enter: Enter, draft: Notice) -> None:
    clerk, original = enter("clerk.lt"), Attachment.objects.get(subject_kind="appeal")
    address = f"/board/staff/{draft.pk}/cover/{original.pk}/"
    fake = clerk.post(address, {"file": SimpleUploadedFile("a.jpg", b"not a picture")})
    assert fake.status_code == 422
    assert "不是能打开的照片" in fake.content.decode()
    assert clerk.post(address, {"file": SimpleUploadedFile("a.jpg", picture(10))}).status_code == 302
    copy = Attachment.objects.get(purpose="masked")
    assert copy.masked_from_id == original.pk
    for path in (f"{original.pk}/?notice={draft.pk}", f"{copy.pk}/"):
        assert clerk.get(f"/board/staff/photo/{path}").status_code == 200
    assert clerk.get(f"/board/staff/photo/{original.pk}/").status_code == 404
    assert clerk.post(f"/board/staff/{draft.pk}/cover/{copy.pk}/", {}).status_code == 404


def test_other_communities_do_not_see_it_and_leaders_do_not_prepare(enter: Enter, draft: Notice) -> None:
    for path in ("prepare", "release"):
        assert enter("clerk.ml").get(f"/board/staff/{draft.pk}/{path}/").status_code == 404
        assert enter("leader.hq").get(f"/board/staff/{draft.pk}/{path}/").status_code == 403


def test_pages_of_originals_are_kept_by_no_browser(enter: Enter, draft: Notice) -> None:
    for path in ("prepare", "release"):
        assert "no-store" in enter("clerk.lt").get(f"/board/staff/{draft.pk}/{path}/")["Cache-Control"]


def test_a_number_cut_off_by_the_length_of_a_title_is_not_in_the_draft(draft: Notice) -> None:
    assert draft.appeal.subject.endswith("电话19…")
    assert draft.title.endswith("电话…")


def test_a_photo_of_another_matter_is_not_taken(draft: Notice) -> None:
    other = lamp(phone="199 0000 1002")
    foreign = Attachment.objects.get(subject_kind="appeal", subject_id=other.pk)
    with pytest.raises(NotFound):
        workflow.add_masked_photo(who("clerk.lt"), draft.pk, file=photo(), masked_from_id=foreign.pk)
