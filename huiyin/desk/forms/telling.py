"""How a petitioner was told: by phone or letter, with the evidence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.messaging.models import Message


class TellingForm(forms.Form):
    """The way and the evidence of one telling."""

    way = forms.ChoiceField(
        label=_("怎么告知的"),
        choices=((Message.Way.PHONE, Message.Way.PHONE.label), (Message.Way.LETTER, Message.Way.LETTER.label)),
        initial=Message.Way.PHONE,
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=_("凭证"),
        max_length=200,
        help_text=_("例如「10:05 电话，本人接听」或挂号信编号。"),
        error_messages={"required": _("请写明怎么告知的，例如「10:05 电话，本人接听」。")},
    )
