"""Django's name for the package."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "huiyin.triage"
