"""Names a group of appeals the way people would: the place they share and the matter, in words they used."""

import re
from collections import Counter
from collections.abc import Sequence

from huiyin.text.mask import folding, masking
from huiyin.text.mask.findings import Party
from huiyin.text.topics.items import Item

LONGEST_NAME = 26
_CLAUSE = re.compile(r"[^,。;!?、\n:\s\"“”‘’()…~]+")
_OPENING = re.compile(
    r"^(?:(?:再次|强烈|严重|实名|恳请|请求|请问|咨询|询问|问问|关于|反映|投诉|举报|建议|希望|求助|请|对|就|想问一下|想问|问一下|再问|又是|还有"
    r"|要求|有关|针对|呼吁|质疑|感谢|我住|我是|我们|我|的|一下|书记|市长|领导|关注|关心|尽快|能否|是否|可否)+[:,]?)+"
)
_CLOSING = re.compile(
    r"(?:(?:等|的|相关|有关|一些|若干|几个|一系列)+(?:问题|情况|事|事情|事宜|事项)|(?:的|相关)*(?:投诉|建议|咨询|疑问|诉求|请求|思考|意见|看法|想法|两点)"
    r"|怎么办|为什么|合理吗|合法吗|是否合理|呢|吗|啊|了|的|请.{0,8})+$"
)
_PLACE = re.compile(
    r"[一-鿿A-Za-z\d]{2,9}?(?:小区|社区|花园|家园|公寓|新村|新城|广场|大厦|街道|大道|公园|学院|大学|小学|中学|幼儿园|医院|市场|商场|车站"
    r"|[路街巷村镇里湾园城府苑院滩郡庭居庄站桥])"
)
_BUILDING = re.compile(r"([一-鿿]{2,6}?)(?:小区|社区)?(\d{1,3})(?:号楼|栋|幢|座)")
_UNIT = re.compile(r"\d{1,2}单元|\d{3,4}室|＊+|某某")


def named(members: Sequence[Item]) -> str:
    """A name of at most LONGEST_NAME signs: the most typical wording, with the shared place in front if it lacks it.

    Personal data are masked first. Members in one fixed order give one name; an empty group is refused by assertion.
    """
    return named_from([published(member) for member in members])


def named_from(texts: Sequence[str]) -> str:
    """As named, from the `published` words of the members."""
    assert texts, "a topic has members"
    place = shared_place(texts)
    wording = _typical([_wordings(text) for text in texts])
    core = _PLACE_CORE.sub("", place) if place else ""
    if place and place not in wording and (not core or core not in wording):
        wording = f"{place}{_without_building(wording)}"
    return wording[:LONGEST_NAME] or place or "其他"


_PLACE_CORE = re.compile(r"\d+号楼$|小区$|社区$")


def shared_place(texts: Sequence[str]) -> str:
    """The longest place name that at least half of the texts hold; empty when there is none."""
    least = max(2, (len(texts) + 1) // 2) if len(texts) > 1 else 1
    buildings = Counter(found for text in texts for found in {_building(*at) for at in _BUILDING.findall(text)})
    ends: Counter[str] = Counter()
    for text in texts:
        ends.update({ending for place in _PLACE.findall(text) for ending in _endings(place)})
    best = max(ends.items(), key=lambda each: (each[1], len(each[0]), each[0]), default=("", 0))
    near = [
        place for place, count in ends.items() if count >= max(least, 0.7 * best[1]) and place.endswith(best[0][-2:])
    ]
    building = max(buildings.items(), key=lambda each: (each[1], -len(each[0]), each[0]), default=("", 0))
    if building[1] >= least:
        return building[0]
    return max(near, key=lambda place: (len(place), place), default="")


def _building(estate: str, number: str) -> str:
    return f"{_OPENING.sub('', estate)}{number}号楼"


def _endings(place: str) -> list[str]:
    """The place name and its shorter readings from the right, as regular expressions take too much on the left."""
    cleaned = _OPENING.sub("", place)
    return [cleaned[at:] for at in range(max(1, len(cleaned) - 2)) if len(cleaned) - at >= 3]


def published(member: Item, known: Sequence[Party] = ()) -> str:
    """The words of an appeal that may take part in a name: its subject or beginning, personal data masked.

    known: the parties of the appeal, whose names go wherever they stand.
    """
    subject = member.subject.strip()
    text = folding.narrowed(subject if len(subject) >= 4 else f"{subject} {member.detail[:120]}")
    return _UNIT.sub("", masking.mask(text, known=known).text)


def _wordings(text: str) -> list[str]:
    """The clauses of a text without opening and closing phrases, those of a telling length."""
    clauses = [_CLOSING.sub("", _OPENING.sub("", clause)) for clause in _CLAUSE.findall(text)]
    return [clause for clause in clauses if len(clause) >= 4] or [text.strip()[:LONGEST_NAME]]


def _typical(wordings: Sequence[Sequence[str]]) -> str:
    """The wording whose pairs of signs stand in most members, weighed against its length."""
    shares: Counter[str] = Counter()
    for clauses in wordings:
        shares.update({pair for clause in clauses for pair in _pairs(clause)})
    candidates = sorted({clause for clauses in wordings for clause in clauses})

    def worth(clause: str) -> float:
        return sum(shares[pair] for pair in _pairs(clause)) / (max(len(clause), 8) + 4)

    return max(candidates, key=lambda clause: (worth(clause), -len(clause), clause), default="")


def _pairs(clause: str) -> set[str]:
    return {clause[at : at + 2] for at in range(len(clause) - 1)}


def _without_building(wording: str) -> str:
    return _BUILDING.sub("", wording)
