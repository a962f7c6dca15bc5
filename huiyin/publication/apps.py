"""Django's name for the package; loading it registers the reactions."""

from importlib import import_module

from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "huiyin.publication"

    def ready(self) -> None:
        import_module("huiyin.publication.reactions")
