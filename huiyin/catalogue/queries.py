"""Every read of the catalogue: what a matter can be, where it goes, within which limit."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import QuerySet

from huiyin.catalogue.models import Category, Channel, DispatchRule, LetterTemplate, RefusalCode, TimeLimit
from huiyin.kernel.errors import N_, NotFound, RuleBroken
from huiyin.kernel.held import Held
from huiyin.people import queries as people
from huiyin.people.models import Unit
from huiyin.territory.queries import valid_on

DEFAULT_TRACK: Final = "community_order"
_LIMITS = Held(lambda: list(TimeLimit.objects.all()))
_CHANNELS = Held(lambda: {row.code: row for row in Channel.objects.all()})


def channels() -> list[Channel]:
    """All channels in their order."""
    return list(_CHANNELS.get().values())


def channel(code: str) -> Channel:
    """One channel; raises NotFound."""
    found = _CHANNELS.get().get(code)
    if found is None:
        raise NotFound("unknown_channel", N_("没有这个受理渠道：%(code)s。请从列表中选择。"), code=code)
    return found


def categories(day: date, *, level: int | None = None) -> QuerySet[Category]:
    """The categories that hold on a date."""
    found = Category.objects.filter(valid_on(day))
    return found.filter(level=level) if level else found


def category(code: str) -> Category:
    """One category by its code; raises NotFound."""
    found = Category.objects.select_related("parent__parent").filter(code=code).first()
    if found is None:
        raise NotFound("unknown_category", N_("没有这个事项分类。请从列表中选择。"))
    return found


@dataclass(frozen=True, slots=True)
class Lead:
    """Whom the 派单目录 names as lead for a matter, and why."""

    unit: Unit
    reason: str
    rule: DispatchRule


def lead_for(category_code: str, area_path: str, day: date) -> Lead | None:
    """The lead by the 派单目录: the line of the category or, when it has none, of the one above it.

    A line that names the place's own office or committee is resolved by the area's path.
    """
    codes = _upward(category_code)
    rules = DispatchRule.objects.filter(valid_on(day), category__code__in=codes).select_related("unit", "category")
    rule = max(rules, key=lambda row: len(row.category.code), default=None)
    if rule is None:
        return None
    unit = rule.unit or people.unit_of_place(_PLACE_UNITS[DispatchRule.Scope(rule.scope)], area_path, day)
    return Lead(unit, rule.reason, rule) if unit else None


_PLACE_UNITS: Final = {
    DispatchRule.Scope.SUBDISTRICT: Unit.Kind.SUBDISTRICT_OFFICE,
    DispatchRule.Scope.COMMUNITY: Unit.Kind.COMMUNITY_COMMITTEE,
}


def _upward(code: str) -> list[str]:
    found = Category.objects.select_related("parent__parent").filter(code=code).first()
    codes: list[str] = []
    while found is not None:
        codes.append(found.code)
        found = found.parent
    return codes


_CATEGORIES = Held(lambda: {row.pk: row for row in Category.objects.select_related("parent__parent")})


def channel_by_id(pk: int) -> Channel:
    """One channel by its row id."""
    return next((row for row in _CHANNELS.get().values() if row.pk == pk), None) or Channel.objects.get(pk=pk)


def category_by_id(pk: int) -> Category:
    """One category with those above it, by its row id."""
    return _CATEGORIES.get().get(pk) or Category.objects.select_related("parent__parent").get(pk=pk)


def limits_on(day: date) -> list[TimeLimit]:
    """Every limit that holds on a date; rows are held for a minute."""
    return [row for row in _LIMITS.get() if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)]


def limits(code: str, day: date) -> list[TimeLimit]:
    """The versions of one limit that hold on a date."""
    return [row for row in limits_on(day) if row.code == code]


def limit_by_id(pk: int) -> TimeLimit:
    """One version of a limit, the one an appeal was handled under."""
    return next((row for row in _LIMITS.get() if row.pk == pk), None) or TimeLimit.objects.get(pk=pk)


def limit(code: str, day: date, *, track: str = DEFAULT_TRACK, appeal_type: str = "", urgency: str = "") -> TimeLimit:
    """The limit that fits best: a row that names the urgency, then the type, beats one that leaves it open.

    A track without a row of its own follows community_order. Raises RuleBroken when no row holds on the date.
    """
    rows = [row for row in limits(code, day) if row.appeal_type in ("", appeal_type) and row.urgency in ("", urgency)]
    fitting = [row for row in rows if row.track == track] or [row for row in rows if row.track == DEFAULT_TRACK]
    if not fitting:
        raise RuleBroken("no_limit", N_("时限表里没有 %(code)s 在这一天的规定。请管理员先补上。"), code=code)
    return max(fitting, key=lambda row: (row.urgency > "", row.appeal_type > "", row.valid_from))


def refusal_codes(*, is_redirect: bool | None = None) -> QuerySet[RefusalCode]:
    """The listed grounds of refusal, or of telling the legal way."""
    found = RefusalCode.objects.all()
    return found if is_redirect is None else found.filter(is_redirect=is_redirect)


_REFUSAL_CODES = Held(lambda: {row.pk: row for row in RefusalCode.objects.all()})


def refusal_code_by_id(pk: int) -> RefusalCode:
    """One listed ground by its row id."""
    return _REFUSAL_CODES.get().get(pk) or RefusalCode.objects.get(pk=pk)


def refusal_code(code: str) -> RefusalCode:
    """One listed ground; raises NotFound."""
    found = RefusalCode.objects.filter(code=code).first()
    if found is None:
        raise NotFound("unknown_ground", N_("请从列表中选择一种情形。"))
    return found


def letter(code: str, day: date) -> LetterTemplate:
    """The wording of a letter on a date; raises NotFound."""
    found = LetterTemplate.objects.filter(code=code, valid_from__lte=day).order_by("-valid_from").first()
    if found is None:
        raise NotFound("unknown_letter", N_("没有这种文书的模板：%(code)s。"), code=code)
    return found
