"""Finds vehicle plates, e-mail addresses, WeChat and QQ numbers."""

import re
from collections.abc import Iterator

from huiyin.text.mask.findings import Finding, Kind

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_GAP = r"[\s·•.\-_\u200b]{0,2}"
_SIGN = r"[A-HJ-NP-Za-hj-np-z\d]"
_PLATE = re.compile(
    rf"[{_PROVINCE}]{_GAP}[A-HJ-Za-hj-z]{_GAP}(?:{_SIGN}{_GAP}){{4,5}}(?:[挂学警港澳试超使领]|{_SIGN})"
    r"(?![A-Za-z\d])"
)
_ARMED = re.compile(rf"(?<![A-Za-z\d])WJ{_GAP}[{_PROVINCE}]?{_GAP}\d{{4,5}}[A-Z\d]?(?![A-Za-z\d])")
_PLATE_WORDED = re.compile(
    r"(?:车牌|牌照|牌号|车号)(?:号码|号|尾号|是|为|[:：\s\"“「(])*"
    rf"([A-HJ-NP-Za-hj-np-z]{_GAP}(?:{_SIGN}{_GAP}){{4,5}}{_SIGN}|\d{{5,8}}|[A-Za-z]{{1,2}}{_GAP}\d{{4,8}})(?![A-Za-z\d])"
)
_EMAIL = re.compile(
    r"[A-Za-z\d][A-Za-z\d._%+\-]*\s?(?:@|\(at\)|\[at\]|#|艾特|\s+at\s+)\s?(?:[A-Za-z\d\-]+\s?(?:\.|点|\(dot\)|\[dot\])\s?)+(?:com|cn|net|org|edu|gov|cc|me|io|top|vip|info|hk|tw|co|email|xyz)(?![A-Za-z\d])",
    re.IGNORECASE,
)
_PLAIN_EMAIL = re.compile(r"[A-Za-z\d._%+\-]+@[A-Za-z\d\-]+(?:\.[A-Za-z\d\-]+)+")
_APP = r"(?:微\s?信|威信|薇信|徽信|[Vv]信|(?<![A-Za-z])(?:wechat|weixin|wx|vx|v)(?![A-Za-z]{3}))"
_LINK = r"(?:号码|账号|帐号|id|同号|名|号|是|为|加|添加|我|搜索|联系|请|[:：\s\"“「(,，])*"
_WECHAT = re.compile(rf"{_APP}({_LINK})([A-Za-z][\w\-]{{5,19}})(?![\w\-]|\.[A-Za-z])", re.IGNORECASE | re.ASCII)
_WECHAT_DIGITS = re.compile(rf"{_APP}({_LINK})(\d{{5,12}})(?!\d|\s?[元块万人户次年月])", re.IGNORECASE)
_QQ = re.compile(
    r"(?:(?<![A-Za-z])Q\s?Q|扣扣|企鹅号|(?<![A-Za-z])Q(?=号|群|[:：]))(?:群|号码|账号|号|是|为|加|联系|[:：\s\"“「(])*([1-9]\d{4,10})(?!\d|\s?[元块万人户次年月])",
    re.IGNORECASE,
)


def plates(narrow: str) -> Iterator[Finding]:
    """Vehicle plates: by shape (province sign, letter, five or six signs with at least two digits) or after 车牌."""
    for at in _PLATE.finditer(narrow):
        if sum(sign.isdigit() for sign in at.group()) >= 2:
            yield Finding(at.start(), at.end(), Kind.PLATE, "plate_shape", 0.97)
    for at in _PLATE_WORDED.finditer(narrow):
        if any(sign.isdigit() for sign in at.group(1)):
            yield Finding(at.start(1), at.end(1), Kind.PLATE, "after_plate_word", 0.9)
    for at in _ARMED.finditer(narrow):
        yield Finding(at.start(), at.end(), Kind.PLATE, "plate_shape", 0.8)


def accounts(narrow: str) -> Iterator[Finding]:
    """E-mail addresses, also with 艾特 or (at), and WeChat or QQ numbers named as such."""
    for pattern in (_PLAIN_EMAIL, _EMAIL):
        for at in pattern.finditer(narrow):
            yield Finding(at.start(), at.end(), Kind.EMAIL, "email_shape", 0.98)
    for at in _WECHAT.finditer(narrow):
        yield Finding(at.start(2), at.end(2), Kind.WECHAT_QQ, "after_wechat_word", 0.92)
    for at in _WECHAT_DIGITS.finditer(narrow):
        if at.group(1).strip():
            yield Finding(at.start(2), at.end(2), Kind.WECHAT_QQ, "after_wechat_word", 0.9)
    for at in _QQ.finditer(narrow):
        yield Finding(at.start(1), at.end(1), Kind.WECHAT_QQ, "after_qq_word", 0.95)
