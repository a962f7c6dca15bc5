"""Masking holds its bars on our sentences, changes nothing else, and reads odd ways of writing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huiyin.text.mask import masking
from huiyin.text.mask.findings import Kind, Masked, Party
from huiyin.text.mask.houses import Depth
from huiyin.text.mask.tests import measures, sentences

_SIGNS = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("0123456789〇一二三四五六七八九０１３８- .@X张王李建国号楼单元室栋微信电话京粤B孩子岁"),
)


@pytest.fixture(scope="module")
def count() -> measures.Count:
    return measures.counted(sentences.sentences())


@pytest.mark.parametrize(
    ("kind", "bar"),
    [
        (Kind.ID_CARD, 1.0),
        (Kind.BANK_CARD, 1.0),
        (Kind.NAME_KNOWN, 1.0),
        (Kind.PHONE, 0.995),
        (Kind.LANDLINE, 0.99),
        (Kind.PLATE, 0.99),
        (Kind.EMAIL, 0.99),
        (Kind.WECHAT_QQ, 0.99),
        (Kind.HOUSE_NUMBER, 0.97),
        (Kind.MINOR, 0.9),
        (Kind.NAME_CONTEXT, 0.85),
    ],
)
def test_bar_of_recall(count: measures.Count, kind: Kind, bar: float) -> None:
    assert count.wanted[kind] >= 50
    assert count.recall(kind) >= bar, [line for line in count.missed if line.startswith(kind.value)][:10]


def test_names_by_context_are_precise(count: measures.Count) -> None:
    assert count.precision(Kind.NAME_CONTEXT) >= 0.9, count.wrong[:20]


def test_sentences_without_personal_data_stay(count: measures.Count) -> None:
    assert len(count.wrong) <= 0.01 * sum(count.taken.values()), count.wrong[:20]


def _restored(original: str, masked: Masked) -> str:
    parts, at = [], 0
    for span in masked.spans:
        parts += [masked.text[at : span.masked_start], original[span.start : span.end]]
        at = span.masked_end
    return "".join([*parts, masked.text[at:]])


@settings(max_examples=120, deadline=None)
@given(st.text(_SIGNS, max_size=60))
@example("")
@example("🚗粤B·12345🙂")
@example("１３８００１３８０００")
def test_what_is_not_masked_is_not_changed(text: str) -> None:
    masked = masking.mask(text, known=[Party("张建国")], depth=Depth.BUILDING)
    assert _restored(text, masked) == text
    assert all(span.original_length == span.end - span.start > 0 for span in masked.spans)
    assert masked == masking.mask(text, known=[Party("张建国")], depth=Depth.BUILDING)


def test_masked_text_holds_nothing_more_to_mask() -> None:
    for sentence in sentences.sentences(300):
        once = masking.mask(sentence.text).text
        assert not [
            span for span in masking.mask(once).spans if span.kind in {Kind.PHONE, Kind.ID_CARD, Kind.BANK_CARD}
        ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("電話１３８－００１３－８０００", Kind.PHONE),
        ("联系我：一三八 〇〇一三 八〇〇〇", Kind.PHONE),
        ("我的号码l38OOl38OOO", Kind.PHONE),
        ("电话1⃣3⃣8⃣0⃣0⃣1⃣3⃣8⃣0⃣0⃣0⃣", Kind.PHONE),
        ("香港电话+852 9123 4567", Kind.PHONE),
        ("身份證號碼１１０１０５１９４９１２３１００２Ｘ", Kind.ID_CARD),
        ("110105 1949 1231 002x", Kind.ID_CARD),
        ("护照号码E12345678", Kind.ID_CARD),
        ("卡号6222 0212 3456 7890 128", Kind.BANK_CARD),
        ("車牌粵B12345", Kind.PLATE),
        ("沪A·D12345停在楼下", Kind.PLATE),
        ("邮箱zhang（at）163.com", Kind.EMAIL),
        ("薇信：abc_12345", Kind.WECHAT_QQ),
        ("家住3-2-501", Kind.HOUSE_NUMBER),
        ("業主張建國反映漏水", Kind.NAME_CONTEXT),
        ("我女儿今年8岁，在三年级（2）班", Kind.MINOR),
    ],
)
def test_odd_ways_of_writing(text: str, kind: Kind) -> None:
    assert kind in {span.kind for span in masking.mask(text).spans}


def test_depth_decides_what_stays_of_an_address() -> None:
    text = "铁路小区3号楼2单元501室漏水"
    assert masking.mask(text).text == "铁路小区3号楼＊＊漏水"
    assert masking.mask(text, depth=Depth.BUILDING).text == "铁路小区＊＊漏水"


def test_known_party_goes_wherever_it_stands() -> None:
    known = [Party("张建国", identifiers=("老张头", "8800123"))]
    assert "国" not in masking.mask("张　建国和张-建-国是一人，建国哥也是", known=known).text
    assert masking.mask("老张头的编号8800123", known=known).text == "某某的编号某某"


def test_minor_among_the_parties_is_told_as_minor() -> None:
    assert masking.mask("王小雨摔伤", known=[Party("王小雨", is_minor=True)]).spans[0].kind is Kind.MINOR


def test_kept_strings_stay() -> None:
    text = "请拨打街道电话0755-25551234，找李建国主任"
    assert masking.mask(text, keep=["0755-25551234", "李建国"]).text == text


def test_long_text_is_masked_whole() -> None:
    text = "小区路灯坏了。" * 2000 + "电话13800138000。" + "请尽快处理，" * 1000
    assert [span.kind for span in masking.mask(text).spans] == [Kind.PHONE]
