"""The one screen on which a matter is registered, in the order people talk; and the slips of an opinion box."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Final
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.appeals.stages import Way
from huiyin.appeals.workflow.intake import Intake
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import AppealType, Urgency
from huiyin.design.sentences import sentence
from huiyin.desk import options
from huiyin.desk.forms.uploads import FilesField
from huiyin.kernel import clock
from huiyin.kernel.errors import DomainError
from huiyin.kernel.held import HeldByKey
from huiyin.people import queries as people
from huiyin.people.actors import Actor
from huiyin.people.models import Post
from huiyin.people.workflow import Reachable
from huiyin.territory import queries as territory
from huiyin.territory.models import Area

AT_THE_COUNTER: Final = (
    "room_visit",
    "phone",
    "rep_reception",
    "rep_visit",
    "household_visit",
    "grid_patrol",
    "letter",
)
_WORDS_MISSING: Final = gettext_lazy("请写下诉求人说的事，一句话也可以。")


class SaidForm(forms.Form):
    """What happened, where, who and how to reach them: common to the counter and the opinion box."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    detail = forms.CharField(
        label=gettext_lazy("什么事"),
        help_text=gettext_lazy("照诉求人的原话写。"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-limit": "5000"}),
        error_messages={"required": _WORDS_MISSING},
    )
    place_text = forms.CharField(label=gettext_lazy("在哪里"), max_length=200, required=False)
    area_id = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40, required=False)
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    address = forms.CharField(label=gettext_lazy("住址"), max_length=120, required=False)
    appeal_type = forms.ChoiceField(
        label=gettext_lazy("类型"),
        choices=[("", gettext_lazy("先不定")), *AppealType.choices],
        required=False,
    )
    photos = FilesField(label=gettext_lazy("照片、扫描件"), required=False)
    whys: ClassVar[Mapping[str, str | Promise]] = {}

    def __init__(self, actor: Actor, given: Any = None, files: Any = None, **initial: Any) -> None:
        super().__init__(given, files, initial={"key": uuid4()} | initial, label_suffix="")
        self.actor = actor
        self.places: list[Area] = []

    def clean(self) -> dict[str, Any]:
        """Find the place in the words when none was picked; several candidates are asked back, once."""
        kept = self.cleaned_data
        picked, words = kept.get("area_id", ""), kept.get("place_text", "").strip()
        if not picked and words:
            self.places = territory.places(words, clock.today())
            exact = [area for area in self.places if words in (area.name, area.full_name, *area.aliases)]
            if len(self.places) == 1 or len(exact) == 1:
                picked, self.places = str((exact or self.places)[0].pk), []
            elif self.places:
                self.add_error("place_text", _("有几个地方像「%(words)s」，请选一个。") % {"words": words})
        kept["area_id"] = int(picked) if picked.isdigit() else None
        return kept

    def refuse(self, error: DomainError) -> None:
        """Show the field's refusal at the top; what was written stays."""
        self.add_error(None, sentence(error))

    def _reachable(self) -> Reachable:
        kept = self.cleaned_data
        return Reachable(name=kept["name"], phone=kept["phone"], address=kept["address"])


class RegisterForm(SaidForm):
    """The counter's screen: walk-in, phone, by proxy, for several people, anonymous."""

    urgency = forms.ChoiceField(label=gettext_lazy("急不急"), choices=Urgency.choices)
    collector_id = forms.TypedChoiceField(
        label=gettext_lazy("收集代表"), choices=(), coerce=int, empty_value=None, required=False
    )
    channel = forms.ChoiceField(label=gettext_lazy("怎么来的"))
    feedback_way = forms.ChoiceField(
        label=gettext_lazy("希望怎样答复"),
        choices=[("", gettext_lazy("都可以")), *((way.value, way.label) for way in (Way.PHONE, Way.SMS, Way.VISIT))],
        required=False,
    )
    category = forms.CharField(required=False)
    is_anonymous = forms.BooleanField(label=gettext_lazy("不愿留名（匿名）"), required=False)
    proxy_note = forms.CharField(label=gettext_lazy("替谁说的"), max_length=120, required=False)
    persons_count = forms.IntegerField(label=gettext_lazy("一共几个人说"), min_value=1, max_value=9999, initial=1)

    def __init__(self, actor: Actor, given: Any = None, files: Any = None, **initial: Any) -> None:
        super().__init__(actor, given, files, **{"urgency": Urgency.NORMAL, "channel": "room_visit"} | initial)
        self._choices("channel", sorted(_channels(), key=lambda option: option[0] not in AT_THE_COUNTER))
        self._choices("collector_id", [("", _("没有")), *_collectors(actor)])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), f"{name} is chosen"
        field.choices = choices

    def intake(self) -> Intake:
        """What was registered, as the command takes it."""
        kept = self.cleaned_data
        return Intake(
            key=kept["key"],
            detail=kept["detail"],
            channel=kept["channel"],
            area_id=kept["area_id"],
            place_text=kept["place_text"],
            reachable=self._reachable(),
            is_anonymous=kept["is_anonymous"],
            appeal_type=kept["appeal_type"],
            category=kept["category"],
            urgency=kept["urgency"],
            persons_count=kept["persons_count"],
            proxy_note=kept["proxy_note"],
            feedback_way=kept["feedback_way"],
            collector_id=kept["collector_id"],
            files=kept["photos"],
        )


_POSTS: Final[HeldByKey[tuple[str, date], list[Post]]] = HeldByKey(seconds=60)


def _collectors(actor: Actor) -> list[tuple[str, str]]:
    """The representatives who may have collected a matter in the actor's territory, each once; held for a minute."""
    place, day = actor.area_path, clock.today()
    posts = _POSTS.get((place, day), lambda: list(people.representatives(day, area_path=place)))
    return list({str(post.user_id): f"{post.user.name}（{post.get_role_display()}）" for post in posts}.items())


def _channels() -> list[tuple[str, str]]:
    return [(row.code, str(row)) for row in catalogue.channels()]


class SlipForm(SaidForm):
    """One slip out of an opinion box, with its scan."""

    photos = FilesField(
        label=gettext_lazy("扫描件"), error_messages={"required": gettext_lazy("每张纸条都要有扫描件或照片。")}
    )
    feedback_way = forms.ChoiceField(
        label=gettext_lazy("希望怎样答复"),
        choices=[("", gettext_lazy("没写")), *((way.value, way.label) for way in (Way.VISIT, Way.PHONE, Way.PAPER))],
        required=False,
    )
    field_order = ("key", "photos", "detail", "place_text", "area_id", "name", "phone", "address", "appeal_type")

    def intake(self, *, opening_id: int, area_id: int) -> Intake:
        """The slip as the command takes it; without a place of its own it belongs to where the box hangs."""
        kept = self.cleaned_data
        return Intake(
            key=kept["key"],
            detail=kept["detail"],
            channel="opinion_box",
            area_id=kept["area_id"] or area_id,
            place_text=kept["place_text"],
            reachable=self._reachable(),
            appeal_type=kept["appeal_type"],
            feedback_way=kept["feedback_way"],
            box_opening_id=opening_id,
            files=kept["photos"],
        )


class OpeningForm(forms.Form):
    """The opening of an opinion box: where, the second person, the seal, how many slips."""

    area_id = forms.TypedChoiceField(label=gettext_lazy("哪个社区的民意箱"), coerce=int)
    second_opener_id = forms.TypedChoiceField(
        label=gettext_lazy("另一位开箱人"),
        coerce=int,
        error_messages={"required": gettext_lazy("开箱须两人在场。请选择另一位开箱人，少一人不能保存。")},
    )
    seal_number = forms.CharField(
        label=gettext_lazy("封条号"),
        max_length=40,
        error_messages={"required": gettext_lazy("请填写封条号，再保存开箱记录。")},
    )
    slips_count = forms.IntegerField(
        label=gettext_lazy("箱内几件"), min_value=0, max_value=500, help_text=gettext_lazy("没有就填 0。")
    )
    whys: ClassVar[Mapping[str, str | Promise]] = {
        "second_opener_id": gettext_lazy("两个人一起开箱、一起清点，谁都不能悄悄拿走一张。"),
        "seal_number": gettext_lazy("封条完好，说明上次开箱以后没有人动过。"),
    }

    def __init__(self, actor: Actor, given: Any = None) -> None:
        super().__init__(given, label_suffix="")
        area, second = self.fields["area_id"], self.fields["second_opener_id"]
        assert isinstance(area, forms.ChoiceField) and isinstance(second, forms.ChoiceField), "both are chosen"
        area.choices = options.communities(actor.area_path)
        mates = people.colleagues(actor, clock.today())
        second.choices = [("", _("请选择")), *((str(user.pk), user.name) for user in mates)]

    def refuse(self, error: DomainError) -> None:
        """Show the field's refusal at the top; what was written stays."""
        self.add_error(None, sentence(error))
