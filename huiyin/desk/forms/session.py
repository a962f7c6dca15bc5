"""The form of a new password."""

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MIN_LENGTH = 10


class NewPasswordForm(PasswordChangeForm):
    """The old password once, the new one twice; ten characters at least."""

    new_password1 = forms.CharField(
        label=gettext_lazy("新密码"),
        help_text=gettext_lazy("至少 10 个字符，不要和登录名一样。"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_new_password1(self) -> str:
        """The new password, long enough and not the login name."""
        given: str = self.cleaned_data["new_password1"]
        if len(given) < MIN_LENGTH or given == self.user.get_username():
            raise ValidationError(_("新密码至少要 10 个字符，也不能和登录名一样。"))
        return given
