"""Django's name for the package."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "huiyin.territory"
    verbose_name = "区划与日历"
