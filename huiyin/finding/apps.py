"""Django's name for the package."""

from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "huiyin.finding"
