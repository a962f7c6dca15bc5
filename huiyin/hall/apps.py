"""Django's name for the package."""

from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "huiyin.hall"
