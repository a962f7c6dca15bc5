"""Finds what points to a minor: names beside words for children, nicknames, classes and days of birth."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from huiyin.text.mask.findings import Finding, Kind
from huiyin.text.mask.surnames import words

_CHILD = (
    r"(?:孩子|小孩|儿童|小朋友|幼儿|婴儿|宝宝|男孩|女孩|男童|女童|少年|未成年|学生|同学|娃|双胞胎"
    r"|儿子|女儿|孙子|孙女|外孙女?|侄子|侄女|外甥女?)"
)
_SURELY_CHILD = r"(?:小朋友|幼儿|婴儿|男孩|女孩|男童|女童|未成年|小学生|初中生|中学生|宝宝|娃娃)"
_SCHOOL = re.compile(r"(?:小学|初中|中学|高中|幼儿园|年级|[大中小]班|读书|上学|学校|同学|班主任|上幼|托管|课后)")
_YOUNG = re.compile(r"^[^。;；!！?？\n]{0,6}?(?<!\d)(?:[1-9]|1[0-7]|[一二两三四五六七八九]|十[一二三四五六七]?)周?岁")
_CHILD_BEFORE = re.compile(rf"{_CHILD}[^。;；!！?？\n]{{0,6}}$")
_SURELY_BEFORE = re.compile(rf"{_SURELY_CHILD}[^。;；!！?？\n,，]{{0,4}}$")
_SURELY_AFTER = re.compile(r"^(?:小朋友|同学|宝宝)")
_ORDINAL = r"[(]?\s?[\d一二三四五六七八九十]{1,3}\s?[)]?"
_CLASS = re.compile(
    rf"(?:[\d一二三四五六七八九]|初[一二三]|高[一二三])\s?年级\s?{_ORDINAL}\s?班|[初高][一二三]\s?{_ORDINAL}班"
    r"|[大中小][(]?[\d一二三四五六七八九]{1,2}[)]?班|(?<![\d])[1-9一二三四五六七八九][(][\d一二三四五六七八九十]{1,2}[)]班"
)
_DAY = r"(?:19|20)\d\d[年.\-/]\s?\d{1,2}[月.\-/]\s?\d{1,2}日?"
_BORN = re.compile(rf"{_DAY}(?=\s?(?:出生|生人|生,|生。|生\b))|(?<=生于){_DAY}")
_NICKNAME = re.compile(
    rf"(?:(?:{_CHILD}|我家)(?:的)?(?:名字|大名)?(?:叫做|叫|是|名叫)|(?:小名|乳名)(?:叫做|叫|是)?|(?:儿子|女儿|孙子|孙女|宝宝)(?=小[一-龥](?:今年|,|在|上|读|\d)))[\"“「]?"
    r"(?P<name>小[一-龥]|([一-龥])\2|[一-龥][一-龥](?=[\"”」,。、;今在被上]|$))"
)
_NO_NICKNAME = frozenset(
    words("""
    他们 我们 什么 一个 学生 小学 小班 小的 在读 正在 独生 双胞 早产 残疾 自闭 外地 本地 非京 天天 常常 刚刚 渐渐 爸爸
    妈妈 爷爷 奶奶 好好 多多 回家 起来 不停 出来 过来 小心 小声 小时 小区
    """)
)
_SENTENCE = re.compile(r"[^。;；!！?？\n]+")


def as_minors(narrow: str, found_names: Iterable[Finding]) -> Iterator[Finding]:
    """The given name findings, those that belong to a minor with that kind."""
    for name in found_names:
        before, after = narrow[max(0, name.start - 12) : name.start], narrow[name.end : name.end + 14]
        young = _YOUNG.match(after) or _SURELY_BEFORE.search(before) or _SURELY_AFTER.match(after)
        if young or (_CHILD_BEFORE.search(before) and _SCHOOL.search(_sentence(narrow, name.start))):
            yield replace(name, kind=Kind.MINOR, reason_code="name_of_a_minor")
        else:
            yield name


def minors(narrow: str) -> Iterator[Finding]:
    """Nicknames of children, and class and day of birth where the sentence speaks of a child."""
    for at in _NICKNAME.finditer(narrow):
        if at.group("name") not in _NO_NICKNAME:
            yield Finding(at.start("name"), at.end("name"), Kind.MINOR, "nickname_of_a_child", 0.8)
    for sentence in _SENTENCE.finditer(narrow):
        if re.search(_CHILD, sentence.group()):
            for pattern, reason in ((_CLASS, "class_of_a_child"), (_BORN, "birth_of_a_child")):
                for at in pattern.finditer(sentence.group()):
                    yield Finding(sentence.start() + at.start(), sentence.start() + at.end(), Kind.MINOR, reason, 0.85)


def _sentence(narrow: str, at: int) -> str:
    start = max(narrow.rfind(sign, 0, at) for sign in "。;；!！?？\n") + 1
    ends = [place for sign in "。;；!！?？\n" if (place := narrow.find(sign, at)) >= 0]
    return narrow[start : min(ends, default=len(narrow))]
