"""One form for each verb of an appeal; `values()` are the keyword arguments of its command."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final, TypeAlias

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.appeals import obstacles
from huiyin.appeals.models import Appeal, Rating
from huiyin.appeals.stages import Grade, Party, Rater, Result, Way
from huiyin.catalogue import queries as catalogue
from huiyin.design.sentences import sentence
from huiyin.desk import options
from huiyin.desk.forms.uploads import FilesField
from huiyin.kernel import clock
from huiyin.kernel.errors import DomainError

Words: TypeAlias = Any  # a sentence, translated now or when it is shown
MISSING: Final = gettext_lazy("请先选择一项。")


def words(label: Words, missing: Words, *, rows: int = 4, help_text: Words = "", limit: int = 5000) -> forms.CharField:
    """A field for words the act cannot go without."""
    area = forms.Textarea(attrs={"rows": rows, "autofocus": True})
    return forms.CharField(
        label=label, help_text=help_text, max_length=limit, widget=area, error_messages={"required": missing}
    )


def pick(label: Words, choices: Any, *, help_text: Words = "", required: bool = True) -> forms.ChoiceField:
    """A field of a few choices, all in sight."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        required=required,
        widget=forms.RadioSelect,
        error_messages={"required": MISSING},
    )


class ActForm(forms.Form):
    """What every act carries: the version of the appeal that was seen, so that nobody is overwritten."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    whys: ClassVar[Mapping[str, Words]] = {}
    takes_version: ClassVar[bool] = True

    def __init__(self, found: Appeal, given: Any = None, files: Any = None) -> None:
        super().__init__(given, files, initial={"seen_version": found.version}, label_suffix="")
        self.appeal = found
        self.prepare()

    def prepare(self) -> None:
        """Fill in what is known of the appeal already."""

    @property
    def is_ready(self) -> bool:
        """Whether the form is filled in so that one key may send it."""
        return False

    def values(self) -> dict[str, Any]:
        """The keyword arguments of the command."""
        kept = dict(self.cleaned_data)
        if not self.takes_version:
            kept.pop("seen_version")
        if "photos" in kept:
            kept["files"] = kept.pop("photos")
        return kept

    def refuse(self, error: DomainError) -> None:
        """Show the field's refusal at the top; what was written stays."""
        self.add_error(None, sentence(error))

    def see(self, version: int) -> None:
        """Carry the present version from now on, because the page shows what changed meanwhile."""
        given = QueryDict(mutable=True)
        given.update(self.data)
        given["seen_version"] = str(version)
        self.data = given


class PlainForm(ActForm):
    """An act that asks nothing."""


class RequestInfoForm(ActForm):
    missing = words(
        gettext_lazy("还缺什么"),
        gettext_lazy("请一次列清还缺什么，居民只跑一趟。"),
        help_text=gettext_lazy("一行一项。居民会看到这些话，补齐前不开始计时。"),
    )


class SupplyInfoForm(ActForm):
    text = words(gettext_lazy("补充的内容"), gettext_lazy("请写下补充的内容。"))
    photos = FilesField(
        label=gettext_lazy("照片或扫描件"),
        required=False,
        help_text=gettext_lazy("上门核对的，拍下现场或本人写的字条。"),
    )


class RemindForm(ActForm):
    text = words(
        gettext_lazy("怎么提醒的"),
        gettext_lazy("请写下怎么提醒的，例如「10:05 电话，无人接听」。"),
        rows=2,
        help_text=gettext_lazy("例如「10:05 电话，无人接听」。补正期满以前要提醒两次。"),
        limit=1000,
    )


class RedirectForm(ActForm):
    ground = pick(gettext_lazy("属于哪种情形"), ())
    text = words(gettext_lazy("去哪里办、带什么、怎么联系"), gettext_lazy("请写明应当去哪里办、带什么、怎么联系。"))
    is_redirect: ClassVar[bool] = True

    def prepare(self) -> None:
        """Offer the listed grounds."""
        grounds = catalogue.refusal_codes(is_redirect=self.is_redirect)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField), "the ground is chosen"
        field.choices = [(row.code, f"{row.code} {row.name}") for row in grounds]


class ProposeRefusalForm(RedirectForm):
    text = words(gettext_lazy("理由"), gettext_lazy("请写明不予受理的理由，居民会看到。"))
    is_redirect = False


class AnswerNowForm(ActForm):
    result = pick(gettext_lazy("结果"), Result.choices)
    text = words(gettext_lazy("答复"), gettext_lazy("请写下当场答复的内容，四方都会收到。"))

    def prepare(self) -> None:
        """Most answers on the spot explain; hint at what the words may lack."""
        self.fields["text"].widget.attrs |= looked_at("answer_now", self.appeal.pk)
        self.initial["result"] = Result.EXPLAINED


class DispatchForm(ActForm):
    by = pick(gettext_lazy("派给哪个单位"), ())
    unit_id = forms.ChoiceField(label=gettext_lazy("别的单位"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("为什么派给它（职责依据）"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("按派单目录时不用写。"),
    )
    note = forms.CharField(
        label=gettext_lazy("给承办单位的话"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def prepare(self) -> None:
        """Put the unit of the 派单目录 first, with its reason; other units need one of their own."""
        found = self.appeal
        self.lead = catalogue.lead_for(found.category.code, found.area_path, clock.today()) if found.category else None
        by, other = self.fields["by"], self.fields["unit_id"]
        assert isinstance(by, forms.ChoiceField) and isinstance(other, forms.ChoiceField), "units are chosen"
        other.choices = [("", _("请选择")), *options.units()]
        by.choices = [("other", _("派给别的单位"))]
        if self.lead is not None:
            line = _("%(unit)s（派单目录）") % {"unit": self.lead.unit.name}
            by.choices = [("catalogue", line), *by.choices]
            by.help_text = _("依据：%(reason)s") % {"reason": self.lead.reason}
        else:
            by.help_text = _("派单目录里没有这一类，请选单位并写明依据。")
        self.initial["by"] = "catalogue" if self.lead is not None else "other"

    @property
    def is_ready(self) -> bool:
        """The 派单目录 names the unit: one key sends the matter there."""
        return self.lead is not None and not self.is_bound

    def clean(self) -> dict[str, Any]:
        """Another unit needs to be named, with the reason."""
        kept = self.cleaned_data
        if kept.get("by") == "other":
            if not kept.get("unit_id"):
                self.add_error("unit_id", MISSING)
            if not kept.get("reason", "").strip():
                self.add_error("reason", _("请写明为什么派给这个单位（职责依据）。"))
        return kept

    def values(self) -> dict[str, Any]:
        """The keyword arguments of the command."""
        kept = super().values()
        if kept.pop("by") == "catalogue" and self.lead is not None:
            return kept | {"unit_id": self.lead.unit.pk, "reason": self.lead.reason}
        return kept | {"unit_id": int(kept["unit_id"])}


class ContactForm(ActForm):
    way = pick(
        gettext_lazy("怎么联系的"),
        ((Way.PHONE, Way.PHONE.label), (Way.VISIT, Way.VISIT.label), (Way.SMS, Way.SMS.label)),
    )
    text = words(gettext_lazy("诉求人怎么说"), gettext_lazy("请写下怎么联系的、诉求人怎么说。"))

    def prepare(self) -> None:
        """Most first contacts are calls."""
        self.initial["way"] = Way.PHONE


def looked_at(verb: str, pk: int) -> dict[str, str]:
    """What makes a field of words show hints on them while they are written."""
    url = reverse("desk:act", args=[pk, verb])
    return {
        "hx-post": url,
        "hx-trigger": "input changed delay:900ms",
        "hx-target": "#hints",
        "hx-vals": '{"look": "1"}',
        "hx-sync": "this:replace",
    }


class SubmitReplyForm(ActForm):
    result = pick(gettext_lazy("办理结果"), Result.choices)
    text = words(
        gettext_lazy("答复"),
        gettext_lazy("请写下答复：做了什么、依据是什么、接下来怎样。"),
        rows=6,
        help_text=gettext_lazy("做了什么、依据是什么、接下来怎样。用居民看得懂的话。"),
    )
    photos = FilesField(label=gettext_lazy("办理后的照片"), required=False)
    late_reason = forms.CharField(label=gettext_lazy("逾期原因"), max_length=300, required=False)

    def prepare(self) -> None:
        """Ask why it is late only when it is; hint at what the words may lack."""
        self.fields["text"].widget.attrs |= looked_at("submit_reply", self.appeal.pk)
        if clock.now() < self.appeal.answer_due_at:
            del self.fields["late_reason"]


class PassReplyForm(ActForm):
    text = forms.CharField(
        label=gettext_lazy("审核意见"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )


class FailReplyForm(ActForm):
    text = words(gettext_lazy("哪里没办到，要怎么改"), gettext_lazy("请写明哪里没办到、要怎么改，承办单位才能重办。"))


class RedoForm(ActForm):
    text = words(gettext_lazy("重办要求"), gettext_lazy("请主要负责人写明重办要求：谁去办、改什么。"))


_SLIP_WAYS: Final = (Way.PHONE, Way.SMS, Way.VISIT, Way.PAPER, Way.INTERNAL)


class RecordSlipForm(ActForm):
    party = pick(gettext_lazy("反馈给谁"), ())
    way = pick(gettext_lazy("怎么反馈的"), [(way.value, way.label) for way in _SLIP_WAYS])
    evidence = forms.CharField(
        label=gettext_lazy("凭证"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例如「03-06 11:00 通话 3 分钟，本人接听」、短信编号、签收人。"),
    )
    file = FilesField(
        label=gettext_lazy("签收单照片"), required=False, help_text=gettext_lazy("上门或书面反馈必须有。")
    )

    def prepare(self) -> None:
        """Offer the parties that have not been told yet."""
        party = self.fields["party"]
        assert isinstance(party, forms.ChoiceField), "the party is chosen"
        absent = obstacles.missing_slips(self.appeal) or [party.value for party in Party]
        party.choices = [(code, Party(code).label) for code in absent]
        first = absent[0]
        wanted = self.appeal.feedback_way if first == Party.ASKER else Way.INTERNAL
        self.initial.update({"party": first, "way": wanted or Way.PHONE})

    def values(self) -> dict[str, Any]:
        """The keyword arguments of the command."""
        kept = super().values()
        return kept | {"file": kept["file"][0] if kept["file"] else None}


class RateForm(ActForm):
    grade = forms.TypedChoiceField(
        label=gettext_lazy("评价"),
        choices=Grade.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": MISSING},
    )
    remark = forms.CharField(
        label=gettext_lazy("说说原因"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("不满意时一定要写，承办单位照着重办。"),
    )


class RateOnPaperForm(RateForm):
    rater = pick(gettext_lazy("谁评的"), Rater.choices)
    entry = pick(
        gettext_lazy("怎么评的"),
        ((Rating.Entry.PAPER, Rating.Entry.PAPER.label), (Rating.Entry.PHONE, Rating.Entry.PHONE.label)),
    )
    evidence = forms.CharField(
        label=gettext_lazy("凭证"),
        max_length=200,
        help_text=gettext_lazy("纸质评议单编号或通话录音编号。"),
        error_messages={"required": gettext_lazy("代录评议要写凭证：纸质评议单编号或通话录音编号。")},
    )
    file = FilesField(label=gettext_lazy("评议单照片"), required=False, help_text=gettext_lazy("纸质评议必须有。"))
    field_order = ("rater", "entry", "grade", "remark", "evidence", "file")

    def prepare(self) -> None:
        """Most ratings brought in on paper are the petitioner's."""
        self.initial.update({"rater": Rater.PETITIONER, "entry": Rating.Entry.PAPER})

    def values(self) -> dict[str, Any]:
        """The keyword arguments of the command."""
        kept = super().values()
        return kept | {"file": kept["file"][0] if kept["file"] else None}


class CloseUnsatisfiedForm(ActForm):
    text = words(
        gettext_lazy("已经尽到哪些努力，还可以走哪条路"),
        gettext_lazy("请写明已经尽到哪些努力，以及还可以走的途径（协调会、人民调解等）。"),
    )
    is_unfounded = forms.BooleanField(label=gettext_lazy("认定诉求缺乏依据"), required=False)


class WithdrawForm(ActForm):
    text = forms.CharField(
        label=gettext_lazy("诉求人说的原因"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence = forms.CharField(
        label=gettext_lazy("书面材料或录音编号"),
        max_length=200,
        error_messages={"required": gettext_lazy("撤回只能出于诉求人本人意愿。代为登记须写明书面材料或录音编号。")},
    )
    whys: ClassVar[Mapping[str, Words]] = {
        "evidence": gettext_lazy("撤回只能出于诉求人本人意愿，工作人员不能替他决定。")
    }


class NoteForm(ActForm):
    text = words(gettext_lazy("备注"), gettext_lazy("备注是空的，请写点什么。"), rows=3, limit=1000)
    takes_version = False


class SuperviseForm(ActForm):
    text = words(gettext_lazy("督办要求"), gettext_lazy("请写明督办要求。"), rows=3, limit=1000)
    takes_version = False
