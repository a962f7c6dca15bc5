"""Django's name for the package."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "huiyin.messaging"
