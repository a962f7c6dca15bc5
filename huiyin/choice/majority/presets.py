"""The majority rules Huiyin knows by name, each with its source; a rule whose text was not read refuses to decide."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from huiyin.choice.majority.rules import Base, Group, Joined, Rule, Test
from huiyin.choice.wording import Refused, Sentence

HALF, TWO_THIRDS, THREE_QUARTERS = Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)
VILLAGE_LAW = Sentence(
    "村民委员会组织法2025年另有修订[凭记忆,待核实],比例是否改动尚未核对;表决前请核对现行正式文本",
    "the village law was revised in 2025 as well [from memory, to be verified]; whether these shares changed is not "
    "checked: read the text in force before the vote",
)


def _more_than_half(unit: str, base: Base) -> Test:
    return Test(unit, HALF, base, strict=True)


def _at_least(unit: str, share: Fraction, base: Base) -> Test:
    return Test(unit, share, base, strict=False)


OWNERS_QUORUM = Group((_at_least("area", TWO_THIRDS, Base.ELIGIBLE), _at_least("person", TWO_THIRDS, Base.ELIGIBLE)))

_ALL = (
    Rule(
        code="rep_two_thirds_eligible",
        title=Sentence("居民代表表决:应到代表三分之二以上同意", "Representatives: two thirds of all who should attend"),
        source="阳泉龙躺梁“经2/3以上代表同意”;以应到为基数是本系统默认(较严)",
        mark="DEF",
        quorum=Group(()),
        passing=Group((_at_least("person", TWO_THIRDS, Base.ELIGIBLE),)),
    ),
    Rule(
        code="rep_two_thirds_present",
        title=Sentence("居民代表表决:到会代表三分之二以上同意", "Representatives: two thirds of those present"),
        source="阳泉龙躺梁“经2/3以上代表同意”,按实到理解;到会过半数为本系统默认",
        mark="DEF",
        quorum=Group((_more_than_half("person", Base.ELIGIBLE),)),
        passing=Group((_at_least("person", TWO_THIRDS, Base.PRESENT),)),
    ),
    Rule(
        code="residents_2018",
        title=Sentence("居民会议(2018年修正的组织法)", "Residents' meeting (organic law as amended in 2018)"),
        source="城市居民委员会组织法(2018)第九条、第十条,R-JW-01",
        mark="SRC",
        quorum=Group((_more_than_half("person", Base.ELIGIBLE),)),
        passing=Group((_more_than_half("person", Base.PRESENT),)),
        in_force_until=date(2025, 12, 31),
    ),
    Rule(
        code="villager_reps",
        title=Sentence("村民代表会议", "Meeting of villagers' representatives"),
        source="村民委员会组织法(2018)第二十五条、第二十六条,R-CW-02",
        mark="SRC",
        quorum=Group((_at_least("person", TWO_THIRDS, Base.ELIGIBLE),)),
        passing=Group((_more_than_half("person", Base.PRESENT),)),
        caution=VILLAGE_LAW,
    ),
    Rule(
        code="villagers",
        title=Sentence("村民会议", "Villagers' meeting"),
        source="村民委员会组织法(2018)第二十一条、第二十二条,R-CW-01",
        mark="SRC",
        quorum=Group(
            (_more_than_half("person", Base.ELIGIBLE), _at_least("household", TWO_THIRDS, Base.ELIGIBLE)), Joined.ANY
        ),
        passing=Group((_more_than_half("person", Base.PRESENT),)),
        caution=VILLAGE_LAW,
    ),
    Rule(
        code="owners_278_general",
        title=Sentence("业主共同决定:一般事项", "Owners' decision: general matters"),
        source="民法典第二百七十八条,R-YZ-01",
        mark="SRC",
        quorum=OWNERS_QUORUM,
        passing=Group((_more_than_half("area", Base.PRESENT), _more_than_half("person", Base.PRESENT))),
    ),
    Rule(
        code="owners_278_special",
        title=Sentence("业主共同决定:第(六)至(八)项", "Owners' decision: items (6) to (8)"),
        source="民法典第二百七十八条第一款第六至八项,R-YZ-01",
        mark="SRC",
        quorum=OWNERS_QUORUM,
        passing=Group(
            (_at_least("area", THREE_QUARTERS, Base.PRESENT), _at_least("person", THREE_QUARTERS, Base.PRESENT))
        ),
    ),
    Rule(
        code="residents_2026",
        title=Sentence("居民会议(2025年修订的组织法)", "Residents' meeting (organic law as revised in 2025)"),
        source="城市居民委员会组织法(2025-10-28修订,2026-01-01施行),R-JW-02",
        mark="FRAG",
        quorum=Group(()),
        passing=Group(()),
        in_force_from=date(2026, 1, 1),
        refusal=Sentence(
            "规则“residents_2026”不能使用:2026年1月1日起施行的城市居民委员会组织法正式文本尚未录入,出席与通过比例不得推测",
            "residents_2026 cannot be used: the official text of the law in force since 2026-01-01 is not loaded, "
            "and its quorum and majority must not be guessed",
        ),
    ),
)

PRESETS: Mapping[str, Rule] = {rule.code: rule for rule in _ALL}


def preset(code: str) -> Rule:
    """The rule of that name. Raises Refused for an unknown name."""
    if code not in PRESETS:
        known = ", ".join(PRESETS)
        raise Refused("unknown_preset", f"没有规则“{code}”,可用:{known}", f"no rule {code!r}; there are {known}")
    return PRESETS[code]
