"""The forms of residents: say it, track it, supply, rate, withdraw; each field with the reason it is asked for."""

from typing import Any, Final
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from huiyin.appeals.stages import Grade, Way
from huiyin.appeals.workflow.intake import Intake
from huiyin.appeals.workflow.ratings import Judgement
from huiyin.attachments.checks import Checked
from huiyin.design.sentences import sentence
from huiyin.hall.uploads import PhotosField
from huiyin.kernel import clock
from huiyin.kernel.errors import BeyondCalendar, DomainError
from huiyin.people import rules
from huiyin.people.workflow import Reachable
from huiyin.territory import places
from huiyin.territory.models import Area
from huiyin.territory.places import Named

NOT_LISTED: Final = "0"
_PHONE_DIGITS: Final = range(7, 16)
_FIELD_OF: Final = {
    "nothing_said": "detail",
    "too_long": "detail",
    "unknown_place": "place_text",
    "outside_territory": "place_text",
    "anonymous_with_contact": "reach",
    "store_full": "photos",
}


class SayForm(forms.Form):
    """What, where, how to reach you or not; `key` is made once per page so that one form makes one appeal."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    detail = forms.CharField(
        label=_lazy("什么事"),
        strip=False,
        help_text=_lazy("用您平时说话的话写就行。什么时候、怎么样、您想怎么解决。"),
        widget=forms.Textarea(attrs={"rows": 6, "class": "large", "data-limit": 5000}),
        error_messages={"required": _lazy("请写下您想说的事，一句话也可以。")},
    )
    place_text = forms.CharField(label=_lazy("在哪里"), required=False, max_length=200, strip=False)
    area = forms.CharField(label=_lazy("选一个地方"), required=False, max_length=12)
    unsure = forms.BooleanField(label=_lazy("说不清在哪里"), required=False)
    photos = PhotosField()
    reach = forms.ChoiceField(
        label=_lazy("怎么联系您"),
        choices=(("contact", _lazy("留电话，把结果告诉我")), ("none", _lazy("不留联系方式"))),
        initial="contact",
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("请选一项：留电话，或者不留。")},
    )
    name = forms.CharField(
        label=_lazy("怎么称呼您"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name", "class": "short"}),
    )
    phone = forms.CharField(
        label=_lazy("电话"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "class": "short"}),
    )

    def __init__(self, *args: Any, community: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._community = community
        self._named: list[Named] | None = None

    @property
    def named(self) -> list[Named]:
        """The places that the words of the form may mean."""
        if self._named is None:
            self._named = places.named(str(self["place_text"].value() or ""), clock.today())
        return self._named

    def clean_area(self) -> int | None:
        """The chosen place; none when the words are to stand alone."""
        chosen = str(self.cleaned_data["area"]).strip()
        if chosen and not (chosen.isascii() and chosen.isdigit()):
            raise ValidationError(_("没有找到这个地点。请重新选择，或选「说不清」。"))
        return int(chosen) or None if chosen else None

    def clean_phone(self) -> str:
        """A number that can be called."""
        given = str(self.cleaned_data["phone"])
        bare = rules.normal_phone(given)
        if given and (not bare.removeprefix("+").isdigit() or len(bare) not in _PHONE_DIGITS):
            raise ValidationError(_("这个电话好像少了或多了数字，请对一下。"))
        return given

    def clean(self) -> dict[str, Any]:
        """The place is chosen, written or said to be unknown; the phone is there when an answer is to be told."""
        given = super().clean() or self.cleaned_data
        if given.get("reach") == "contact" and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("请留一个打得通的电话，或者选「不留联系方式」。"))
        if not (given.get("area") or given.get("unsure") or self.data.get("area") == NOT_LISTED):
            self._clean_place(str(given.get("place_text") or "").strip())
        return given

    def _clean_place(self, said: str) -> None:
        if {"area", "place_text"} & set(self.errors):
            return
        if not said:
            self.add_error("place_text", _("请写个大概的地方，或者勾「说不清」。"))
        elif self.named:
            self.add_error("place_text", _("请在下面点一个最接近的地方；都不对，就点最后一项。"))

    def intake(self) -> Intake:
        """What is registered; without a phone nothing about the person is kept."""
        given = self.cleaned_data
        is_reached = given["reach"] == "contact"
        return Intake(
            key=given["key"],
            detail=given["detail"],
            channel="web",
            area_id=given["area"] or (self._community.pk if self._community else None),
            place_text=given["place_text"],
            reachable=Reachable(name=given["name"], phone=given["phone"]) if is_reached else Reachable(),
            is_anonymous=not is_reached,
            feedback_way=Way.PHONE if is_reached else "",
            files=given["photos"],
        )

    def refuse(self, error: DomainError) -> None:
        """Show the field's refusal beside what it is about."""
        if isinstance(error, BeyondCalendar):
            said = _("放假安排还没有载入，现在算不出答复日期，所以没有登记。您写的都还在。请打电话告诉社区工作室。")
        else:
            said = sentence(error)
        self.add_error(_FIELD_OF.get(error.code), said)

    def renew_key(self) -> None:
        """Make this page a new form, because the old one is registered already."""
        self.data = {**{name: self.data.get(name, "") for name in self.data}, "key": str(uuid4())}


class TrackForm(forms.Form):
    """Number and query code as they stand on the receipt."""

    number = forms.CharField(
        label=_lazy("编号"),
        max_length=40,
        help_text=_lazy("回执上的 12 位数字，空格可以不打。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code"}),
        error_messages={"required": _lazy("请填回执上的编号。")},
    )
    code = forms.CharField(
        label=_lazy("查询码"),
        max_length=40,
        help_text=_lazy("回执上的 10 位数字，只有您有。"),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "code", "data-nodraft": True}
        ),
        error_messages={"required": _lazy("请填回执上的查询码。")},
    )


class SupplyForm(forms.Form):
    """What was missing, in words or as photos."""

    text = forms.CharField(
        label=_lazy("补充的内容"),
        strip=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "data-limit": 5000}),
        error_messages={
            "required": _lazy("请写下补充的内容。"),
            "max_length": _lazy("最多 5000 字，请缩短一点。"),
        },
    )
    photos = PhotosField()

    def supplied(self) -> tuple[str, tuple[Checked, ...]]:
        """The words and the photos."""
        return self.cleaned_data["text"], self.cleaned_data["photos"]


class RateForm(forms.Form):
    """One of five grades; below 基本满意 the reason is asked for."""

    grade = forms.TypedChoiceField(
        label=_lazy("办得怎么样"),
        coerce=int,
        choices=Grade.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _lazy("请选一个评价。"), "invalid_choice": _lazy("请选一个评价。")},
    )
    remark = forms.CharField(
        label=_lazy("为什么"),
        required=False,
        max_length=2000,
        help_text=_lazy("不满意的话，请说说哪里没办好，我们照着重办。"),
        widget=forms.Textarea(attrs={"rows": 3, "data-limit": 2000}),
        error_messages={"max_length": _lazy("最多 2000 字，请缩短一点。")},
    )

    def clean(self) -> dict[str, Any]:
        """不满意 without a reason cannot be put right."""
        given = super().clean() or self.cleaned_data
        is_bad = given.get("grade") in (Grade.DISSATISFIED, Grade.VERY_DISSATISFIED)
        if is_bad and not str(given.get("remark") or "").strip() and "remark" not in self.errors:
            self.add_error("remark", _("请说说哪里不满意，我们照着重办。"))
        return given

    def judgement(self) -> Judgement:
        """The grade and the reason."""
        return Judgement(self.cleaned_data["grade"], self.cleaned_data["remark"])


class WithdrawForm(forms.Form):
    """Why a matter is taken back, when the petitioner wants to say so."""

    text = forms.CharField(
        label=_lazy("想说一下原因吗"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "data-limit": 500}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
