"""Django's name for the package."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "huiyin.journal"
