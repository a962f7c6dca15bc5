"""Django's name for the package; loading it registers the reactions."""

from importlib import import_module

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "huiyin.assessment"

    def ready(self) -> None:
        import_module("huiyin.assessment.reactions")
