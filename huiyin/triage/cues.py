"""Words by which people show what they want (kind) and that it cannot wait (urgency); of our own writing."""

from typing import Final

# A cue weighs as many points as its entry says; one at the head of the subject counts twice. Kinds: 诉求类型.
KINDS: Final[dict[str, dict[str, int]]] = {
    "praise": dict.fromkeys(("感谢", "表扬", "锦旗", "点赞", "热心肠", "好样的", "谢谢社区"), 4),
    "suggestion": dict.fromkeys(("建议", "希望能", "能不能像", "我们愿意", "愿意做", "改成"), 3)
    | dict.fromkeys(("希望", "想要", "想在", "想组织", "增设", "加装", "能不能改"), 2),
    "inquiry": dict.fromkeys(("请问", "咨询", "想问", "怎么办理", "怎么办手续", "到哪办", "哪里办", "要带什么"), 4)
    | dict.fromkeys(
        ("怎么改", "怎么领", "怎么签", "怎么算", "能补吗", "能用吗", "能报多少", "什么条件", "有没有文件"), 3
    )
    | dict.fromkeys(("在哪", "多少钱", "要交多少", "是不是改", "需要什么材料", "什么时候能"), 2),
    "report": dict.fromkeys(("举报", "巡查", "巡检", "匿名", "不留名", "怕报复", "偷排", "偷倒", "无证", "短秤"), 3)
    | dict.fromkeys(("违法", "违规", "造假", "卫生证", "亲眼看见", "查处", "群租", "消防通道"), 2),
    "complaint": dict.fromkeys(("投诉", "不管", "没人管", "推诿", "态度", "乱收费", "敷衍", "反映多次", "好几趟"), 2)
    | dict.fromkeys(("噪音", "吵", "臭", "油烟", "占", "垃圾", "受不了", "扰民", "欠", "跑路", "退钱"), 1),
    "help": dict.fromkeys(("求助", "帮帮", "帮我", "救救", "没人照顾", "说和", "调解", "困难", "修不起"), 3)
    | dict.fromkeys(("停水", "停电", "不亮", "漏水", "漏雨", "井盖", "灭了", "全灭", "松动", "断了", "下水", "护理"), 2)
    | dict.fromkeys(("坏了", "老人", "轮椅", "丢了", "走失", "差点", "漏到", "进不来", "下不来"), 1),
}
# What kinds share without any cue, as numbers of every ten matters of a counter; they are only a start.
KINDS_BEFORE: Final = {"complaint": 5, "help": 3, "report": 1, "suggestion": 1, "inquiry": 1, "praise": 0}

URGENCIES: Final[dict[str, dict[str, int]]] = {
    "critical": dict.fromkeys(
        ("着火了", "起火了", "爆炸", "被困", "关人了", "煤气味", "燃气味", "漏气", "触电", "轻生", "跳楼", "晕倒"), 7
    ),
    "urgent": dict.fromkeys(
        ("赶紧", "快来", "快点来人", "随时可能", "塌", "掉下来", "砸到", "往外冒", "爆管", "水管爆", "打火花"), 7
    )
    | dict.fromkeys(("危险", "漏电", "倒塌", "裸露"), 2),
}
URGENCIES_BEFORE: Final = {"normal": 10, "urgent": 0, "critical": 0}
