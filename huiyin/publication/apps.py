"""Django's name for the package."""

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "huiyin.publication"
