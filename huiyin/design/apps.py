"""Registers the package with Django; it has no tables."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "huiyin.design"
    label = "design"
    verbose_name = "界面"
