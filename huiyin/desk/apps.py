"""Django's name for the package."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "huiyin.desk"
