"""Django's name for the package."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "huiyin.catalogue"
