"""Finds house numbers below the building (unit, floor, door) and, when asked, the building's own number."""

import re
from collections.abc import Iterator
from enum import StrEnum

from huiyin.text.mask.findings import Finding, Kind


class Depth(StrEnum):
    """How much of an address is taken away: below the building, or the building too (only the estate stays)."""

    BELOW_BUILDING = "below_building"
    BUILDING = "building"


_N = r"[\d〇零一二三四五六七八九十百两]"
_GAP = r"[\s,，、\-的]{0,2}"
_NOT_A_COUNT = r"(?![\d多余来几]|\s?[年月日元块米平户人天个名次斤台辆万千度分位棵盏岁家路款套间%.]|号线|号文)"
_BUILDING = (
    rf"(?:第?{_N}{{1,4}}\s?(?:号楼|栋楼?|幢楼?|座|号院|#楼?|号(?={_GAP}\d{{1,2}}单元))"
    rf"|{_N}{{1,3}}楼(?=\s?{_N}{{1,2}}(?:单元|门))"
    rf"|[A-Za-z]\d{{0,3}}\s?(?:座|栋|幢|号楼|楼|区{_N}{{1,3}}栋))"
)
_UNIT = rf"(?:第?{_N}{{1,3}}\s?单元|[A-Za-z甲乙丙丁东西南北中]单元|{_N}{{1,2}}\s?门(?![口诊卫店面框前外禁牌]))"
_FLOOR = rf"(?:{_N}{{1,3}}\s?[楼层](?![上下道顶梯盘房主板栋宇市])|顶[楼层])"
_DOOR = (
    rf"(?:[A-Za-z]?\d{{3,4}}\s?(?:室|房|号房?|户)(?!外)|{_N}{{3,4}}\s?(?:室|房)|[东西南北中]边?户"
    rf"|[A-Za-z]?\d{{3,4}}{_NOT_A_COUNT})"
)
_DOOR_AFTER_UNIT = (
    rf"(?:[A-Za-z]?{_N}{{1,4}}\s?(?:室|房|号房?|户)(?!外)|[东西南北中]边?户|[A-Za-z]?\d{{3,4}}{_NOT_A_COUNT})"
)
_TAIL = rf"(?:{_UNIT}(?:{_GAP}{_FLOOR})?(?:{_GAP}{_DOOR_AFTER_UNIT})?|{_FLOOR}(?:{_GAP}{_DOOR_AFTER_UNIT})?|{_DOOR})"
_BUILDING_WITH_TAIL = re.compile(rf"({_BUILDING})({_GAP})({_TAIL})")
_UNIT_ALONE = re.compile(rf"(?<![第\d]){_UNIT}(?:{_GAP}{_FLOOR})?(?:{_GAP}{_DOOR_AFTER_UNIT})?(?![测考试课作习])")
_FLOOR_AND_DOOR = re.compile(rf"{_FLOOR}{_GAP}(?:\d{{3,4}}\s?[室号房户]|[东西南北中]边?户)")
_DOOR_ALONE = re.compile(r"(?<![\dA-Za-z\-])[A-Za-z]?\d{3,4}\s?(?:室|房)(?![外屋间产价东租客源型内改])")
_NEIGHBOUR_DOOR = re.compile(
    rf"(?:(?<=楼上)|(?<=楼下)|(?<=隔壁)|(?<=对门)|(?<=漏到)|(?<=漏水到)|(?<=渗到))\d{{3,4}}{_NOT_A_COUNT}"
)
_WRITTEN_DOOR = re.compile(r"(?<![一-龥\d])[〇零一二三四五六七八九]{3,4}室|(?<=[住在])[〇零一二三四五六七八九]{3,4}室")
_DASHED = re.compile(r"(?<![\d\-.年])([A-Za-z]?\d{1,3})-(\d{1,2}-[A-Za-z]?\d{3,4})(?![\d\-])\s?(?:室|号|房|户)?")
_DASHED_SHORT = re.compile(r"(?<![\d\-.])([A-Za-z]?\d{1,2})-([A-Za-z]?\d{3,4}\s?(?:室|号房?|房|户))")
_DASHED_WORDED = re.compile(
    r"(?:住在?|家住|业主|户主|小区|花园|家园|新村|[苑园城府居湾庭里院村])\s?"
    rf"([A-Za-z]?\d{{1,3}})[-#](\d{{3,4}}){_NOT_A_COUNT}"
)
_HASH = re.compile(rf"(\d{{1,3}})#-?(\d{{1,2}}-\d{{3,4}}|\d{{3,4}}){_NOT_A_COUNT}")
_OFFICE = re.compile(
    r"(?:居委会|村委会|办事处|办公室?|办公楼|派出所|医院|学校|法院|中心|大厅|政府|机关|物业公司|工作站|宾馆|酒店|教学楼"
    r"|会议|会所|窗口|仲裁院|检察院|[局科处险]|教室|病房|门诊|公司)[^,。;]{0,6}$"
)
_OFFICE_AFTER = re.compile(r"(?:办公|会议|教室|号令|窗口|医保|厅|路)")
_BUILDING_ALONE = re.compile(
    rf"第?{_N}{{1,4}}\s?(?:号楼|#楼)|(?<![{_N[1:-1]}这那几整每某共有数]){_N}{{1,4}}\s?(?:栋|幢)(?![楼高建房])"
    r"|[A-Za-z]\d{0,3}\s?(?:座|栋|幢|号楼)"
)
_STREET_NUMBER = re.compile(
    rf"(?<=[路街巷弄道同里村组屯寨])\s?{_N}{{1,4}}号(?:之{_N})?(?![线文令楼])(?:大?院|弄|门牌)?"
    rf"|(?<=村)第?{_N}{{1,2}}组"
)


def house_numbers(narrow: str, depth: Depth) -> Iterator[Finding]:
    """Unit, floor and door numbers; with Depth.BUILDING also the number of the building, yard or street door."""
    whole = depth is Depth.BUILDING
    for at in _BUILDING_WITH_TAIL.finditer(narrow):
        if re.search("单元|门", at.group(3)) or not _is_office(narrow, at):
            yield _house(at.start(1 if whole else 3), at.end(3), "below_building", 0.95)
    for at in _matches((_DASHED, _DASHED_SHORT, _DASHED_WORDED, _HASH), narrow):
        if not _looks_like_date(at.group(1), at.group(2)):
            yield _house(at.start(1 if whole else 2), at.end(), "dashed_address", 0.85)
    for at in _matches((_UNIT_ALONE, _FLOOR_AND_DOOR, _WRITTEN_DOOR, _DOOR_ALONE, _NEIGHBOUR_DOOR), narrow):
        if not _is_office(narrow, at):
            yield _house(at.start(), at.end(), "unit_or_door", 0.85)
    for at in _matches((_BUILDING_ALONE, _STREET_NUMBER) if whole else (), narrow):
        yield _house(at.start(), at.end(), "building_number", 0.85)


def _matches(patterns: tuple[re.Pattern[str], ...], narrow: str) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        yield from pattern.finditer(narrow)


def _house(start: int, end: int, reason_code: str, confidence: float) -> Finding:
    return Finding(start, end, Kind.HOUSE_NUMBER, reason_code, confidence)


def _is_office(narrow: str, at: re.Match[str]) -> bool:
    """Whether the number belongs to an office, ward or classroom, which is public."""
    before, after = narrow[max(0, at.start() - 12) : at.start()], narrow[at.end() : at.end() + 3]
    return bool(_OFFICE.search(before) or _OFFICE_AFTER.match(after))


def _looks_like_date(first: str, rest: str) -> bool:
    """Day-month-year as in 5-12-2023."""
    parts = rest.rstrip("室号房户 ").split("-")
    return len(parts) == 2 and len(parts[1]) == 4 and parts[1][:2] in {"19", "20"} and first.isdigit()
