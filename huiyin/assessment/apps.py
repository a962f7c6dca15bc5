"""Django's name for the package."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "huiyin.assessment"
