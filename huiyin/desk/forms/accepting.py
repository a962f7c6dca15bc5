"""The form of accepting a matter: type, category and place, begun from what was registered and suggested."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.appeals.models import Appeal
from huiyin.catalogue.models import AppealType, Urgency
from huiyin.desk import advice, options
from huiyin.desk.advice import Advice, Option
from huiyin.desk.forms.acts import MISSING, ActForm, pick
from huiyin.kernel import clock
from huiyin.territory import queries as territory


class OneOf(forms.ChoiceField):
    """A choice that may be made in another field instead; the form sees to it that a known one is made."""

    def validate(self, value: Any) -> None:
        """Leave it to the form: suggestions may have changed since the page was shown."""


class AcceptForm(ActForm):
    """Type, category and place; the category is one of the suggested ones or, when one is chosen there, another."""

    appeal_type = pick(gettext_lazy("类型"), AppealType.choices)
    suggested = OneOf(label=gettext_lazy("事项分类"), widget=forms.RadioSelect)
    category = OneOf(label=gettext_lazy("事项分类"))
    place = forms.CharField(
        label=gettext_lazy("地点"), max_length=200, help_text=gettext_lazy("小区、楼号都行；填了就按找到的地方归属。")
    )
    urgency = pick(gettext_lazy("急不急"), Urgency.choices)
    subject = forms.CharField(label=gettext_lazy("一句话说这件事"), max_length=60)
    is_taken = forms.BooleanField(required=False, widget=forms.HiddenInput)
    use_required_attribute = False

    def prepare(self) -> None:
        """Start from what was registered and from what its words suggest."""
        self.advice = advice.of(self.appeal)
        self._offer_categories()
        found, initial = self.appeal, dict(self.advice.initial) if self.advice else {}
        known = found.category.code if found.category else initial.get("category", "")
        usual = AppealType.REPORT if found.is_anonymous else AppealType.HELP
        self.initial.update(
            {
                "appeal_type": found.appeal_type or initial.get("appeal_type", usual),
                "suggested": known,
                "category": "" if "suggested" in self.fields else known,
                "place": initial.get("place", found.area.full_name),
                "urgency": found.urgency if found.urgency != Urgency.NORMAL else initial.get("urgency", found.urgency),
                "subject": found.subject,
            }
        )

    def _offer_categories(self) -> None:
        category, suggested = self.fields["category"], self.fields["suggested"]
        assert isinstance(category, forms.ChoiceField) and isinstance(suggested, forms.ChoiceField), "both are chosen"
        category.choices = [("", _("请选择")), *options.categories()]
        near = _registered(self.appeal)
        near += [(each.code, _label(each)) for each in self.advice.categories] if self.advice else []
        if not near:
            del self.fields["suggested"]
            return
        suggested.choices = list(dict(reversed(near)).items())[::-1]
        category.label = _("都不是，另选一类")

    def clean(self) -> dict[str, Any]:
        """A category chosen from the whole list goes before a suggested one; one of them has to be there."""
        kept = self.cleaned_data
        kept["category"] = kept.get("category") or kept.get("suggested") or ""
        if kept["category"] not in advice.codes():
            self.add_error("category", MISSING)
        kept["is_taken"] = bool(kept.get("is_taken")) and self._is_as_suggested()
        return kept

    def _is_as_suggested(self) -> bool:
        given = self.advice.values if self.advice is not None else {}
        return bool(given) and all(self.data.get(name) == value for name, value in given.items())

    def clean_place(self) -> int:
        """The row id of the area the words name; the same place stays what it is."""
        given: str = self.cleaned_data["place"].strip()
        if given in (self.appeal.area.full_name, self.appeal.area.name):
            return self.appeal.area_id
        found = territory.places(given, clock.today())
        if not found:
            raise ValidationError(_("没有找到「%(place)s」。请换个说法，例如小区名加楼号。") % {"place": given})
        return found[0].pk

    def values(self) -> dict[str, Any]:
        """The keyword arguments of the command."""
        kept = super().values()
        kept["area_id"] = kept.pop("place")
        kept.pop("suggested", None)
        return kept


def _registered(found: Appeal) -> list[tuple[str, str | SafeString]]:
    """What the counter chose already, when it did."""
    if found.category is None:
        return []
    code = found.category.code
    told = format_html("<span>{}<br><span class='small'>{}</span></span>", advice.category_name(code), _("登记时选的"))
    return [(code, told)]


def _label(option: Option) -> SafeString:
    """A suggested category with how sure it is and the words that decided."""
    words = format_html_join("", "「{}」", ((word,) for word in option.words))
    return format_html("<span>{}<br><span class='small'>{} {}</span></span>", option.name, option.sure, words)


def advice_of(form: ActForm) -> Advice | None:
    """The suggestions a form was begun from, when it is the form of accepting."""
    return form.advice if isinstance(form, AcceptForm) else None
