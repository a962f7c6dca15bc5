"""Django's name for the package."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "huiyin.attachments"
