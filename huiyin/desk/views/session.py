"""Log in, log out, change the password."""

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from huiyin.desk.forms.session import NewPasswordForm


class Login(LoginView):
    """The door: name and password, then the page that was asked for."""

    template_name = "desk/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """The page's variables, without Django's own name for the site: the district has one."""
        context = super().get_context_data(**given)
        return {name: value for name, value in context.items() if name not in ("site", "site_name")}


class Password(PasswordChangeView):
    """A new password, after the old one."""

    template_name = "desk/password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("desk:home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Keep the new password and say so."""
        messages.success(self.request, _("密码已换好，下次登录用新密码。"))
        return super().form_valid(form)


login: Final = Login.as_view()
logout: Final = LogoutView.as_view()
