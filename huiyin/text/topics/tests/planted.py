"""Appeals with hot matters planted among ordinary ones, all of our own writing, the same every time."""

import random
from datetime import date, timedelta

from huiyin.text.similar.tests import appeals
from huiyin.text.topics.items import Item

PLACES = [
    "朝阳里",
    "望江亭",
    "石榴园",
    "百步亭",
    "南山坳",
    "柳林屯",
    "银杏苑",
    "荷花池",
    "翠竹轩",
    "碧水湾",
    "松涛阁",
    "梧桐里",
]
MATTERS = (
    ("搅拌站", "噪音粉尘扰民", ("混凝土搅拌车整夜轰鸣", "白灰落满窗台", "环评没有公示就开工", "离住宅不到一百米")),
    ("车位", "捆绑销售", ("不买车位就不给办购房手续", "一个车位要价十八万", "合同里强塞地下车位", "业主被迫签字")),
    ("电梯", "频繁故障困人", ("上周又困住一家三口", "维保公司只来擦擦灰", "年检标志过期", "高层老人爬楼梯")),
    ("高压线", "距离住宅太近", ("铁塔建在窗前", "要求改为地下电缆", "没有听证就架线", "担心辐射影响健康")),
    ("幼儿园", "迟迟不开园", ("配套园空置两年", "孩子无园可上", "开发商不移交", "教育局说等验收")),
    ("暖气", "温度不达标", ("室内只有十四度", "供热公司不退费", "管道老化堵塞", "夜里冻得睡不着")),
    ("垃圾站", "臭气熏天", ("转运车漏了一地污水", "苍蝇飞进厨房", "清运一天只来一趟", "门窗整日不敢开")),
    ("公交线路", "突然取消", ("老人看病要换两趟车", "学生上学迟到", "站牌没有任何通知", "末班提前到六点")),
)
_SAYINGS = (
    "{p}{m}{w}，{d}，请尽快处理",
    "反映{p}{m}问题：{d}",
    "{d}，{p}的{m}{w}到底谁管",
    "又是{p}{m}{w}！{d}，{e}",
    "{p}业主：{e}，{m}{w}",
)


def planted(chance: random.Random) -> tuple[list[Item], dict[str, int]]:
    """Items, and the matter each planted one belongs to: 8 matters of 8 to 14 appeals among the ordinary ones."""
    items: list[Item] = []
    truth: dict[str, int] = {}
    for number in range(8):
        place, (matter, what, details) = PLACES[number], MATTERS[number % len(MATTERS)]
        for _ in range(chance.randint(8, 14)):
            one, two = chance.sample(details, 2)
            text = chance.choice(_SAYINGS).format(p=place, m=matter, w=what, d=one, e=two)
            truth[f"h{len(items):04}"] = number
            items.append(_item(chance, f"h{len(items):04}", text[:18], text))
    for at, text in enumerate(appeals.APPEALS):
        subject, detail = text.split("|")
        items.append(_item(chance, f"o{at:04}", subject, detail))
    return items, truth


def _item(chance: random.Random, key: str, subject: str, detail: str) -> Item:
    day = date(2025, 1, 1) + timedelta(days=chance.randrange(120))
    return Item(key, subject, detail, day, person=f"p{chance.randrange(400)}", likes=chance.choice((0, 0, 1, 3)))
