"""Finds phone numbers, landlines, identity and bank cards among digits, however they are grouped or written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import phonenumbers
from stdnum import luhn
from stdnum.cn import ric

from huiyin.text.mask import folding
from huiyin.text.mask.findings import Finding, Kind

_GAP = r"[\s\-_.·•~/*|()\u200b]{1,3}"
_CHAIN = re.compile(rf"\d+(?:{_GAP}\d+)*")
_TAIL_X = re.compile(r"[\s\-_.\u200b]?[xX×✕Ⅹ](?![A-Za-z\d])")
_PHONE_GROUPS = frozenset(
    {(11,), (3, 8), (3, 4, 4), (3, 3, 5), (4, 4, 3), (7, 4), (5, 6), (6, 5), (4, 7), (4, 3, 4), (3, 4, 2, 2), (3, 5, 3)}
    | {(3, 2, 2, 2, 2), (3, 2, 3, 3), (2, 3, 3, 3), (5, 3, 3), (4, 2, 3, 2), (3, 2, 2, 4), (2, 3, 2, 4), (2, 4, 5)}
)
_ID_GROUPS = frozenset(
    {(18,), (6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (3, 3, 4, 4, 4), (10, 8), (14, 4), (6, 12), (4, 4, 4, 4, 2)}
    | {(4, 4, 4, 6), (2, 4, 8, 4), (2, 2, 2, 4, 2, 2, 4), (3, 3, 8, 4), (9, 9), (6, 6, 6), (3, 3, 3, 3, 3, 3)}
)
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83), (91, 91))
    for code in range(first, last + 1)
)
_PHONE_WORD = re.compile(
    r"(?:电话|手机|联系方式|联系|热线|号码|致电|拨打|短信|tel|Tel|TEL|phone|☎|📞|📱)[^\d。;；]{0,8}$"
)
_CARD_WORD = re.compile(
    r"(?:卡号|银行卡|储蓄卡|信用卡|社保卡|工资卡|存折|账号|账户|帐号|[农工建中商交招]行|银行|开户|信用社)[^\d。;；]{0,12}$"
)
_ID_WORD = re.compile(r"(?:身份证|证件号|证号|公民身份)[^\d。;；]{0,8}$")
_REFERENCE_WORD = re.compile(
    r"(?:编号|单号|订单|工单|受理号|文号|案号|信用代码|税号|机构代码|条码|条形码|流水号|序列号|批号|快递|运单"
    r"|诉求号|合同号|发票号|受理码|查询码|许可证号|项目代码)"
    r"(?:号码|号|码)?(?:[是为:：#\s(]|No\.?)*$"
)
_UNIT_AFTER = re.compile(r"\s?(?:元|块|平方|平米|吨|亩|公里|千米|米|万|亿|人次|kwh|度电|立方)")
_LANDLINE = re.compile(
    rf"(?<![\d.])(?:\+?86{_GAP}?)?\(?0(?:10|2\d|[3-9]\d\d)\)?(?:{_GAP})?[2-8]\d{{2,3}}(?:{_GAP})?\d{{4}}"
    r"(?:\s?(?:转|-|ext\.?|#|分机)\s?\d{1,5})?(?!\d)"
)
_SHORT_LANDLINE = re.compile(
    r"(?:座机|固话|固定电话|家里电话|家庭电话|宅电|住宅电话|电话号?码?|联系电话)(?:号码|号|是|为|[:\s(])*"
    rf"([2-8]\d{{2,3}}(?:{_GAP})?\d{{4}}(?:\s?转\s?\d{{1,5}})?)(?!\d)"
)
_FOREIGN = re.compile(r"(?:\+|(?<!\d)00)(?!86)[1-9](?:[\s\-()]{0,2}\d){7,14}(?!\d)")
_DOCUMENT = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|军官证|居留证|驾驶证|证件)(?:号码|号|编号|是|为|[:\s])*"
    r"([A-Za-z]{1,3}\s?\d{7,12}|\d{8})(?![A-Za-z\d])"
)
_PERMIT = re.compile(r"(?<![A-Za-z\d])(?:[HMhm]\d{8}(?:\d{2})?|[EeGgDd]\d{8}|[Ee][A-Ha-h]\d{7})(?![A-Za-z\d])")


@dataclass(frozen=True, slots=True)
class _Window:
    start: int
    end: int
    digits: str
    groups: tuple[int, ...]
    before: str
    after: str

    @property
    def is_spelled(self) -> bool:
        """One digit at a time."""
        return len(self.groups) > 1 and max(self.groups) == 1


def numbers(narrow: str) -> Iterator[Finding]:
    """Every personal number in a narrowed text; the readings of odd digits are tried after the plain one."""
    yield from _numbers_in(narrow)
    written = folding.with_digits(narrow)
    if written != narrow:
        yield from _numbers_in(written)
    for at in re.finditer(r"(?<![A-Za-z\d])[1lI][\doOlI|]{10}(?![A-Za-z\d])", narrow):
        if 4 <= sum(sign.isdigit() for sign in at.group()) < 11 and re.match(
            "1[3-9]", folding.with_lookalikes(at.group())
        ):
            yield Finding(at.start(), at.end(), Kind.PHONE, "phone_with_letters", 0.9)


def _numbers_in(text: str) -> Iterator[Finding]:
    for chain in _CHAIN.finditer(text):
        if sum(sign.isdigit() for sign in chain.group()) >= 7:
            for window in _windows(text, chain):
                yield from _readings(text, window)
    yield from (Finding(at.start(), at.end(), Kind.LANDLINE, "area_code", 0.97) for at in _LANDLINE.finditer(text))
    yield from (
        Finding(at.start(1), at.end(1), Kind.LANDLINE, "after_phone_word", 0.9) for at in _SHORT_LANDLINE.finditer(text)
    )
    yield from _documents(text)


def _windows(text: str, chain: re.Match[str]) -> Iterator[_Window]:
    groups = [(at.start() + chain.start(), at.end() + chain.start()) for at in re.finditer(r"\d+", chain.group())]
    for first in range(len(groups)):
        digits = ""
        for last in range(first, min(len(groups), first + 19)):
            digits += text[groups[last][0] : groups[last][1]]
            if len(digits) > 19 and last > first:
                break
            start, end = groups[first][0], groups[last][1]
            sizes = tuple(stop - begin for begin, stop in groups[first : last + 1])
            if len(digits) >= 7:
                yield _Window(start, end, digits, sizes, text[max(0, start - 20) : start], text[end : end + 8])


def _readings(text: str, window: _Window) -> Iterator[Finding]:
    found = _identity(window) or _bank_card(window) or _mobile(window)
    if found:
        yield found
    if len(window.groups) == 1 and len(window.digits) > 18:
        yield from _glued(window)
    if window.digits[:2] == "86" or window.digits[:4] == "0086":
        inner = window.digits.removeprefix("00").removeprefix("86")
        if re.fullmatch(r"1[3-9]\d{9}", inner):
            start = window.start - (text[window.start - 1 : window.start] == "+")
            yield Finding(start, window.end, Kind.PHONE, "phone_with_country_code", 0.99)


def _identity(window: _Window) -> Finding | None:
    digits, tail = window.digits, _TAIL_X.match(window.after)
    if len(digits) == 17 and tail:
        number, sizes = digits + "X", (*window.groups[:-1], window.groups[-1] + 1)
        end = window.end + tail.end()
    else:
        number, sizes, end = digits, window.groups, window.end
    if len(number) == 18 and _is_person(number[:2], number[6:14]):
        if ric.calc_check_digit(number) == number[17]:
            return Finding(window.start, end, Kind.ID_CARD, "check_digit", 1.0)
        if sizes in _ID_GROUPS or window.is_spelled or _ID_WORD.search(window.before):
            return Finding(window.start, end, Kind.ID_CARD, "id_shape", 0.9)
    worded = _ID_WORD.search(window.before)
    old = len(number) == 15 and number.isdigit() and _is_person(number[:2], "19" + number[6:12])
    if old and (worded or sizes in {(15,), (6, 6, 3), (6, 9), (12, 3), (3, 3, 6, 3)}):
        return Finding(window.start, end, Kind.ID_CARD, "id_shape_15", 0.9)
    if worded and len(number) in {14, 15, 16, 17, 18, 19}:
        return Finding(window.start, end, Kind.ID_CARD, "after_id_word", 0.85)
    return None


def _is_person(province: str, born: str) -> bool:
    if province not in _PROVINCES or born[:2] not in {"18", "19", "20"}:
        return False
    try:
        date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return True


def _bank_card(window: _Window) -> Finding | None:
    digits = window.digits
    if not 15 <= len(digits) <= 19 or (min(window.groups) == 1 and not window.is_spelled and len(window.groups) > 5):
        return None
    worded, referenced = _CARD_WORD.search(window.before), _REFERENCE_WORD.search(window.before)
    whole = luhn.is_valid(digits)
    if whole and digits[0] in "34569" and not (referenced and digits[:2] != "62"):
        return Finding(window.start, window.end, Kind.BANK_CARD, "check_digit", 0.97 if worded else 0.9)
    if worded and not referenced:
        return Finding(window.start, window.end, Kind.BANK_CARD, "after_card_word", 0.9)
    if digits.startswith("62") and len(window.groups) == 1 and len(digits) in {16, 17, 18, 19} and not referenced:
        return Finding(window.start, window.end, Kind.BANK_CARD, "card_prefix", 0.8)
    return None


def _mobile(window: _Window) -> Finding | None:
    digits = window.digits
    worded, referenced = _PHONE_WORD.search(window.before), _REFERENCE_WORD.search(window.before)
    if re.fullmatch(r"1[3-9]\d{9}", digits):
        usual = window.groups in _PHONE_GROUPS or window.is_spelled
        if (usual or worded) and not referenced and not (_UNIT_AFTER.match(window.after) and not worded):
            return Finding(window.start, window.end, Kind.PHONE, "mobile_number", 0.99)
    if worded and len(window.groups) == 1 and re.fullmatch(r"1[3-9]\d{8}|1[3-9]\d{10,11}", digits):
        return Finding(window.start, window.end, Kind.PHONE, "mistyped_mobile_number", 0.8)
    return None


def _glued(window: _Window) -> Iterator[Finding]:
    """Identity cards and the phone written straight after or before them, without any separator."""
    for at in range(len(window.digits) - 17):
        number = window.digits[at : at + 18]
        if _is_person(number[:2], number[6:14]) and ric.calc_check_digit(number) == number[17]:
            yield Finding(window.start, window.end, Kind.ID_CARD, "check_digit_inside", 0.9)
    if len(window.digits) == 22 and re.fullmatch(r"(?:1[3-9]\d{9}){2}", window.digits):
        yield Finding(window.start, window.end, Kind.PHONE, "two_mobile_numbers", 0.9)


def _documents(text: str) -> Iterator[Finding]:
    for at in _FOREIGN.finditer(text):
        if _is_possible(at.group()):
            yield Finding(at.start(), at.end(), Kind.PHONE, "foreign_number", 0.9)
    for at in _DOCUMENT.finditer(text):
        yield Finding(at.start(1), at.end(1), Kind.ID_CARD, "after_document_word", 0.9)
    for at in _PERMIT.finditer(text):
        yield Finding(at.start(), at.end(), Kind.ID_CARD, "travel_document_shape", 0.7)


def _is_possible(written: str) -> bool:
    international = "+" + re.sub(r"^00", "", re.sub(r"\D", "", written))
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(international))
    except phonenumbers.NumberParseException:
        return False
