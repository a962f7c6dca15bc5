"""Django's name for the package."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "huiyin.board"
