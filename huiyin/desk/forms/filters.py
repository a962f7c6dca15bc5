"""What a list is narrowed to; every value lives in the address of the page."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.access import policy
from huiyin.appeals.queries import Chosen
from huiyin.appeals.stages import Outcome, Stage
from huiyin.catalogue.models import AppealType
from huiyin.desk import options
from huiyin.people.actors import Actor

LIGHTS: Final = (("", _("全部灯")), ("red", _("■ 逾期")), ("amber", _("▲ 将到期")), ("green", _("● 正常")))
_ANY: Final = [("", _("不限"))]


class FilterForm(forms.Form):
    """Light, stage, type, category, unit, place, days and words; what is not valid narrows nothing."""

    words = forms.CharField(label=_("词或编号"), max_length=60, required=False)
    light = forms.ChoiceField(label=_("灯"), choices=LIGHTS, required=False)
    stage = forms.ChoiceField(label=_("到了哪一步"), choices=[*_ANY, *Stage.choices], required=False)
    appeal_type = forms.ChoiceField(label=_("类型"), choices=[*_ANY, *AppealType.choices], required=False)
    category = forms.ChoiceField(
        label=_("事项分类"), choices=lambda: [*_ANY, *options.category_branches()], required=False
    )
    unit = forms.ChoiceField(label=_("承办单位"), choices=lambda: [*_ANY, *options.units()], required=False)
    area = forms.CharField(label=_("地方"), required=False)
    since = forms.DateField(
        label=_("登记于（起）"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("登记于（止）"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    outcome = forms.ChoiceField(label=_("怎样办结的"), choices=[*_ANY, *Outcome.choices], required=False)

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__(given, auto_id="narrow_%s")

    def offer_places(self, actor: Actor) -> None:
        """Offer the parts of the district that the actor's posts reach."""
        paths = [seat.area_path for seat in actor.seats if seat.area_path]
        within = options.areas(paths) if paths else []
        self.fields["area"].widget = forms.Select(choices=[*_ANY, *within])

    def chosen(self) -> Chosen:
        """The valid values as the query takes them."""
        self.is_valid()
        value = self.cleaned_data.get
        return Chosen(
            light=value("light") or "",
            stage=value("stage") or "",
            appeal_type=value("appeal_type") or "",
            category=value("category") or "",
            unit_id=int(value("unit") or 0) or None,
            area_path=_path(value("area")),
            outcome=value("outcome") or "",
            since=value("since"),
            until=value("until"),
            words=value("words") or "",
        )

    @property
    def has_more(self) -> bool:
        """Whether something beyond words and light narrows the list."""
        return any(self.data.get(name) for name in self.fields if name not in ("words", "light"))


def _path(given: str | None) -> str:
    return given if given and given.endswith("/") and policy.below(given) else ""
