"""What the living page shows: invented matters and figures, one per state of each part."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.design.shapes import MatterLine
from huiyin.kernel import clock


@dataclass(frozen=True)
class SampleMatter(MatterLine):
    """A matter as lists show it, and what its card shows besides."""

    url: str = "#rows"
    answered_on: date | None = None
    neighbours: int = 0


@dataclass(frozen=True)
class SampleBar:
    """One value of a chart."""

    label: str
    value: float
    url: str = ""


class SampleForm(forms.Form):
    """One field of each kind."""

    what = forms.CharField(
        label=_("想说什么事"),
        help_text=_("像跟邻居说话那样写就行。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    phone = forms.CharField(label=_("手机号"), required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    kind = forms.ChoiceField(
        label=_("想要什么"),
        choices=[("help", _("求助")), ("suggest", _("建议")), ("ask", _("咨询"))],
        widget=forms.RadioSelect,
    )
    unit = forms.ChoiceField(label=_("承办单位"), choices=[("", _("请选择")), ("1", _("区城市管理局"))])
    whys = {"phone": _("只用来告诉您结果。不留也可以，凭编号和查询码自己查。")}


def _matters(today: date) -> list[SampleMatter]:
    return [
        SampleMatter(
            1, "260348271936", "3号楼旁边的垃圾桶没有盖，夏天味道很大", "望海社区 3号楼", "环境卫生", "区城市管理局",
            "办理中", "red", today - timedelta(days=4), -2, answered_on=today, neighbours=6,
        ),
        SampleMatter(
            2, "260348271944", "楼道灯坏了两周，老人晚上不敢下楼", "望海社区 7号楼2单元", "物业管理", "望海社区居委会",
            "已签收", "amber", today, 0, answered_on=today,
        ),
        SampleMatter(
            3, "260348271952", "小区门口停车占了消防通道", "东港社区 北门", "消防安全", "东港街道办事处",
            "已派单", "green", today + timedelta(days=6), 4, answered_on=today, neighbours=2,
        ),
        SampleMatter(
            4, "260348271960", "想问问助餐点什么时候开", "望海社区", "为老服务", "民意室", "登记", "none", None, None,
        ),
    ]  # fmt: skip


def _entries(now: datetime) -> list[dict[str, object]]:
    return [
        {
            "who": _("您"), "at": now - timedelta(days=5),
            "what": "3号楼旁边的垃圾桶没有盖，夏天味道很大。", "mine": True,
        },
        {
            "who": _("系统"), "at": now - timedelta(days=5, minutes=-3),
            "what": _("登记，编号已给您。"), "is_system": True,
        },
        {
            "who": "区城市管理局", "role": _("承办单位"), "at": now - timedelta(days=2),
            "what": "已经到现场看过，明天换两个带盖的桶。",
            "files": [{"name": "现场照片.jpg", "url": "#thread", "size": "240 kB"}],
        },
    ]  # fmt: skip


def _slips(now: datetime) -> list[dict[str, object]]:
    return [
        {"party": _("诉求人"), "is_delivered": True, "how": _("短信"), "at": now, "evidence": _("回执 0，已送达")},
        {"party": _("代表"), "is_delivered": True, "how": _("当面"), "at": now, "evidence": _("代表签字")},
        {"party": _("工作室"), "is_delivered": False, "deliver_url": "#slips"},
        {"party": _("工作部门"), "none_reason": _("当场答复，没有经过工作部门。")},
    ]


def _steps(today: date) -> list[dict[str, object]]:
    names = (_("提议题"), _("出主意"), _("出方案"), _("达共识"), _("定结果"), _("抓落实"), _("受监督"))
    return [
        {
            "label": name,
            "is_done": index < 3,
            "is_now": index == 3,
            "on": today - timedelta(days=30 - index) if index < 3 else None,
        }
        for index, name in enumerate(names)
    ]


def context() -> dict[str, object]:
    """Everything the living page needs, dated around today so that every light occurs."""
    now = clock.now()
    today = clock.today()
    bad = SampleForm({"what": "", "phone": "", "kind": "help", "unit": "1"})
    bad.is_valid()
    return {
        "today": today,
        "now": now,
        "matters": _matters(today),
        "entries": _entries(now),
        "slips": _slips(now),
        "steps": _steps(today),
        "form": SampleForm(),
        "bad_form": bad,
        "bars": [
            SampleBar("环境卫生", 118, "#chart"),
            SampleBar("物业管理", 64),
            SampleBar("停车", 41),
            SampleBar("噪声", 7),
        ],
        "months": [SampleBar(f"{month}月", value) for month, value in enumerate((41, 58, 50, 72, 90, 66), start=1)],
        "values": [41.0, 58.0, 50.0, 72.0, 90.0, 66.0],
        "purposes": [("contact", _("联系诉求人")), ("deliver", _("送达答复"))],
        "revealed": {_("姓名"): "张桂兰", _("电话"): "139 0000 0000"},
        "notice_rows": {_("事项"): "更换3号楼带盖垃圾桶", _("办理单位"): "区城市管理局", _("结果"): "已解决"},
        "sheet_lines": [
            [(_("姓名"), "张桂兰"), (_("联系电话"), "139 0000 0000")],
            [(_("住址"), "望海社区 3号楼 1单元")],
            [(_("反映内容"), "3号楼旁边的垃圾桶没有盖，夏天味道很大。")],
        ],
        "signed": [_("诉求人"), _("代表"), _("登记人")],
        "why_lines": [_("提到「垃圾桶」「味道」：像环境卫生（0.91）"), _("本社区去年同类 12 件，都由城市管理局办")],
        "page": {"earlier_url": "#pages", "later_url": "#pages"},
        "recent_places": ["望海社区 3号楼", "望海社区 北门"],
        "tokens": ("paper", "card", "ink", "quiet", "line", "edge", "jade", "jade-wash", "amber", "amber-wash",
                   "vermilion", "vermilion-wash", "indigo", "indigo-wash"),
    }  # fmt: skip
