"""The words that go with one act on several appeals."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.desk import options
from huiyin.kernel.errors import N_, RuleBroken


class SeveralForm(forms.Form):
    """A note for all of them, or the one unit they all go to with the reason."""

    unit_id = forms.ChoiceField(label=_("派给"), choices=lambda: [("", _("请选择")), *options.units()])
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=300)

    def __init__(self, given: Mapping[str, Any] | None, *, verb: str) -> None:
        super().__init__(given)
        if verb not in ("note", "dispatch"):
            raise RuleBroken("verb_unknown", N_("这一步不能对几件一起做，请逐件办理。"))
        if verb == "note":
            del self.fields["unit_id"]
        self.fields["text"].label = _("备注") if verb == "note" else _("为什么派给这个单位（职责依据）")
