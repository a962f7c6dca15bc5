"""Django's name for the package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "huiyin.people"
