"""What the board's pages ask for; what is not valid in a filter narrows nothing."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.appeals.stages import Grade, Rater
from huiyin.assessment.queries import Chosen
from huiyin.attachments import checks
from huiyin.attachments.checks import Checked
from huiyin.board import places
from huiyin.design.sentences import sentence
from huiyin.figures import rules
from huiyin.figures.rules import Period
from huiyin.hotspots.queries import Order
from huiyin.kernel import clock
from huiyin.kernel.errors import DomainError
from huiyin.people.actors import Actor
from huiyin.publication import comparison
from huiyin.publication.models import Notice

_ANY: Final = [("", _("不限"))]
_LONGEST_DAYS: Final = 1100
_MONTHS_BACK: Final = 24


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class NoticeFilter(forms.Form):
    """Community, category and words of public notices."""

    area = forms.ChoiceField(
        label=_("社区"), choices=lambda: [("", _("全部社区")), *places.community_options()], required=False
    )
    category = forms.ChoiceField(
        label=_("事项分类"), choices=lambda: [("", _("全部事项")), *places.category_options()], required=False
    )
    words = forms.CharField(label=_("词"), max_length=40, required=False)

    def chosen(self) -> dict[str, str]:
        """The valid values by name."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name) or "") for name in self.fields}


class WeekForm(forms.Form):
    """The week and the community of a poster, and its paper."""

    week = _day(_("哪一周（选其中一天）"))
    area = forms.ChoiceField(
        label=_("社区"), choices=lambda: [("", _("全部社区")), *places.community_options()], required=False
    )
    paper = forms.ChoiceField(label=_("纸张"), choices=[("a3", _("A3 海报")), ("a4", _("A4"))], required=False)

    def monday(self) -> date:
        """The Monday of the asked week, else of this one."""
        self.is_valid()
        day = self.cleaned_data.get("week") or clock.today()
        return day - timedelta(days=day.weekday())


def _months() -> list[tuple[str, str]]:
    first, found = clock.today().replace(day=1), []
    for _index in range(_MONTHS_BACK):
        found.append((f"{first:%Y-%m}", f"{first:%Y-%m}"))
        first = (first - timedelta(days=1)).replace(day=1)
    return found


class MonthForm(forms.Form):
    """The month of public figures."""

    month = forms.ChoiceField(label=_("月份"), choices=_months, required=False)

    def period(self) -> Period:
        """The asked month, else this one."""
        self.is_valid()
        asked = self.cleaned_data.get("month")
        return rules.month(date.fromisoformat(f"{asked}-01") if asked else clock.today())


class PeriodForm(forms.Form):
    """The period and the territory of the leader's figures."""

    SPANS: Final = (
        ("this_month", _("本月")),
        ("last_month", _("上月")),
        ("days60", _("最近 60 天")),
        ("custom", _("自选日期")),
    )
    span = forms.ChoiceField(label=_("期间"), choices=SPANS, required=False)
    since = _day(_("从（自选）"))
    until = _day(_("到（自选）"))
    area = forms.ChoiceField(label=_("范围"), required=False)
    level = forms.ChoiceField(
        label=_("分类层级"), choices=[("1", _("一级")), ("2", _("二级")), ("3", _("三级"))], required=False
    )

    def __init__(self, given: Mapping[str, Any], actor: Actor) -> None:
        super().__init__(given)
        offered = places.territory_options(actor)
        self.fields["area"] = forms.ChoiceField(label=_("范围"), choices=offered, required=False)
        if not offered:
            del self.fields["area"]

    def period(self) -> Period:
        """The asked period; the last 60 days unless another one is asked for."""
        self.is_valid()
        asked, today = self.cleaned_data.get("span") or "days60", clock.today()
        if asked == "this_month":
            return rules.month(today)
        if asked == "last_month":
            return rules.month(today).before()
        return self._custom() if asked == "custom" else rules.days_up_to(today, 60)

    def _custom(self) -> Period:
        until = self.cleaned_data.get("until") or clock.today()
        since = min(self.cleaned_data.get("since") or until, until)
        return Period(max(since, until - timedelta(days=_LONGEST_DAYS)), until + timedelta(days=1))

    def area_path(self) -> str:
        """The asked territory, empty for all the actor reaches."""
        self.is_valid()
        return str(self.cleaned_data.get("area") or "")

    def category_level(self) -> int:
        """The level of categories, the first unless asked."""
        self.is_valid()
        return int(self.cleaned_data.get("level") or 1)


class NoticeForm(forms.Form):
    """The words of a notice as a person settles them."""

    title = forms.CharField(label=_("标题"), max_length=80)
    place = forms.CharField(label=_("地点"), max_length=80, help_text=_("最多写到小区，不写楼号、单元、门牌。"))
    said = forms.CharField(label=_("诉求内容"), widget=forms.Textarea(attrs={"rows": 7}))
    answer = forms.CharField(label=_("办理结果"), widget=forms.Textarea(attrs={"rows": 7}))

    def clean_place(self) -> str:
        """The place, no deeper than the estate."""
        place = str(self.cleaned_data["place"])
        if comparison.is_too_deep(place):
            raise forms.ValidationError(_("地点写得太细。请删去楼号、单元或门牌，只写到小区。"), code="too_deep")
        return place


class CoverForm(forms.Form):
    """A copy of a photo on which faces and plates are covered."""

    file = forms.FileField(label=_("已遮挡的照片"), widget=forms.FileInput(attrs={"accept": "image/*"}))

    def clean_file(self) -> Checked:
        """The picture, drawn anew; raises ValidationError for what is no picture."""
        given = self.cleaned_data["file"]
        try:
            checked = checks.check(given.name or "photo", given.read())
        except DomainError as error:
            raise forms.ValidationError(sentence(error), code=error.code) from error
        if not checked.media_type.startswith("image/"):
            raise forms.ValidationError(_("公示只放照片。请上传遮挡好的照片文件。"), code="no_picture")
        return checked


class WithholdForm(forms.Form):
    """Why a matter is not made public: one of the listed reasons."""

    reason = forms.ChoiceField(
        label=_("不公开的理由"), choices=[("", _("请选择")), *Notice.Reason.choices], required=True
    )


class LedgerFilter(forms.Form):
    """Unit, place, rater, grade and days of the rating ledger."""

    unit = forms.ChoiceField(label=_("承办单位"), choices=lambda: [*_ANY, *places.unit_options()], required=False)
    area = forms.ChoiceField(label=_("范围"), required=False)
    rater = forms.ChoiceField(label=_("谁评的"), choices=[*_ANY, *Rater.choices], required=False)
    grade = forms.ChoiceField(label=_("评议"), choices=[*_ANY, *Grade.choices], required=False)
    since = _day(_("评议于（起）"))
    until = _day(_("评议于（止）"))

    def __init__(self, given: Mapping[str, Any], actor: Actor) -> None:
        super().__init__(given)
        offered: Iterable[Any] = [*_ANY, *places.territory_options(actor)]
        self.fields["area"] = forms.ChoiceField(label=_("范围"), choices=list(offered), required=False)

    def chosen(self) -> Chosen:
        """The valid values as the query takes them."""
        self.is_valid()
        value = self.cleaned_data.get
        return Chosen(
            area_path=value("area") or "",
            unit_id=int(value("unit") or 0) or None,
            rater=value("rater") or "",
            grade=int(value("grade") or 0) or None,
            since=value("since"),
            until=value("until"),
        )


class HotspotForm(forms.Form):
    """Which hotspots come first, and from which part of the actor's territory."""

    ORDERS: Final = (("heat", _("最热的在前")), ("growth", _("增长最快的在前")), ("newest", _("最近有人说的在前")))
    order_by = forms.ChoiceField(label=_("顺序"), choices=ORDERS, required=False)
    area = forms.ChoiceField(label=_("范围"), required=False)

    def __init__(self, given: Mapping[str, Any], actor: Actor) -> None:
        super().__init__(given)
        self.fields["area"] = forms.ChoiceField(
            label=_("范围"), choices=places.territory_options(actor), required=False
        )

    def order(self) -> Order:
        """The asked order, else the hottest first."""
        return {"growth": Order.GROWTH, "newest": Order.NEWEST}.get(self._value("order_by"), Order.HEAT)

    def area_path(self) -> str:
        """The path of the asked part, or "" for the whole territory."""
        return self._value("area")

    def shown(self, actor: Actor) -> "HotspotForm":
        """The same form with what is in force chosen."""
        return HotspotForm({"order_by": self._value("order_by") or "heat", "area": self._value("area")}, actor)

    def _value(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name) or "")
