"""What the machine masked, shown in the original with the reason in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.publication.comparison import Words
from huiyin.text.mask.findings import Kind, Span

KINDS: Final = {
    Kind.NAME_KNOWN: gettext_lazy("当事人信息"),
    Kind.ID_CARD: gettext_lazy("身份证件号"),
    Kind.BANK_CARD: gettext_lazy("银行卡号"),
    Kind.PHONE: gettext_lazy("手机号"),
    Kind.LANDLINE: gettext_lazy("固定电话"),
    Kind.EMAIL: gettext_lazy("电子邮箱"),
    Kind.WECHAT_QQ: gettext_lazy("微信或 QQ 号"),
    Kind.PLATE: gettext_lazy("车牌"),
    Kind.MINOR: gettext_lazy("未成年人"),
    Kind.HOUSE_NUMBER: gettext_lazy("楼号门牌"),
    Kind.NAME_CONTEXT: gettext_lazy("像是人名"),
}
REASONS: Final = {
    "known_party": gettext_lazy("和登记的诉求人姓名、电话等相同"),
    "given_name_of_known_party": gettext_lazy("是诉求人的名字"),
    "same_name_again": gettext_lazy("前面已经当作人名遮住"),
    "before_title": gettext_lazy("后面跟着称呼，比如先生、阿姨"),
    "after_role": gettext_lazy("前面是身份，比如业主、居民"),
    "after_naming_word": gettext_lazy("前面写着姓名、名叫"),
    "before_contact": gettext_lazy("后面跟着联系方式"),
    "before_particulars": gettext_lazy("后面跟着个人情况"),
    "before_verb": gettext_lazy("后面是人做的事"),
    "after_verb": gettext_lazy("前面是对人做的事"),
    "in_list_of_names": gettext_lazy("和别的人名列在一起"),
    "spaced_name": gettext_lazy("中间隔开写的姓名"),
    "foreign_name": gettext_lazy("外文姓名的写法"),
    "mobile_number": gettext_lazy("是手机号的位数和号段"),
    "two_mobile_numbers": gettext_lazy("两个手机号连写"),
    "mistyped_mobile_number": gettext_lazy("像少写或多写一位的手机号"),
    "phone_with_country_code": gettext_lazy("带国家代码的电话"),
    "phone_with_letters": gettext_lazy("夹着文字写的电话"),
    "foreign_number": gettext_lazy("境外电话的写法"),
    "area_code": gettext_lazy("带区号的电话"),
    "after_phone_word": gettext_lazy("前面写着电话"),
    "check_digit": gettext_lazy("校验位正确"),
    "check_digit_inside": gettext_lazy("长数字里有校验位正确的号码"),
    "id_shape": gettext_lazy("是身份证号的写法"),
    "after_id_word": gettext_lazy("前面写着身份证"),
    "after_document_word": gettext_lazy("前面写着证件"),
    "travel_document_shape": gettext_lazy("是护照或通行证的写法"),
    "card_prefix": gettext_lazy("是银行卡的开头"),
    "after_card_word": gettext_lazy("前面写着卡号"),
    "email_shape": gettext_lazy("是邮箱的写法"),
    "after_wechat_word": gettext_lazy("前面写着微信"),
    "after_qq_word": gettext_lazy("前面写着 QQ"),
    "plate_shape": gettext_lazy("是车牌的写法"),
    "after_plate_word": gettext_lazy("前面写着车牌"),
    "building": gettext_lazy("公示只写到小区"),
    "building_number": gettext_lazy("公示只写到小区"),
    "below_building": gettext_lazy("写到了单元、楼层或门牌"),
    "unit_or_door": gettext_lazy("写到了单元或门牌"),
    "dashed_address": gettext_lazy("用短横连写的门牌"),
    "name_of_a_minor": gettext_lazy("是未成年人的姓名"),
    "nickname_of_a_child": gettext_lazy("是孩子的小名"),
    "class_of_a_child": gettext_lazy("写到了孩子的班级"),
    "birth_of_a_child": gettext_lazy("写到了孩子的出生日期"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: plain, or masked with its number in the list of reasons."""

    text: str
    number: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A field of a notice: the original with what was masked, why, and what in the final words still looks personal."""

    field: str
    original: list[Piece]
    why: list[str]
    final: str
    left_over: list[str]


def marked(words: Words) -> Marked:
    """The original of a field with its masked stretches numbered, each with its reason."""
    spans = words.masked.spans
    return Marked(
        words.field,
        list(_pieces(words.original, spans)),
        [reason(span) for span in spans],
        words.final,
        [f"{words.final[span.start : span.end]} — {KINDS[span.kind]}" for span in words.left_over],
    )


def _pieces(text: str, spans: Iterable[Span]) -> Iterable[Piece]:
    at = 0
    for number, span in enumerate(spans, start=1):
        if span.start > at:
            yield Piece(text[at : span.start])
        yield Piece(text[span.start : span.end], number, str(KINDS[span.kind]))
        at = span.end
    if at < len(text):
        yield Piece(text[at:])


def reason(span: Span) -> str:
    """Why a stretch was masked, in plain words."""
    because = REASONS.get(span.reason_code)
    words = {"kind": KINDS[span.kind], "because": because}
    return _("%(kind)s：%(because)s") % words if because else str(KINDS[span.kind])
