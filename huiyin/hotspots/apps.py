"""Django's name for the package."""

from django.apps import AppConfig


class HotspotsConfig(AppConfig):
    name = "huiyin.hotspots"
