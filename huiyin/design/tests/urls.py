"""Addresses for the tests of the look alone."""

from django.urls import include, path

urlpatterns = [
    path("", include("huiyin.design.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
