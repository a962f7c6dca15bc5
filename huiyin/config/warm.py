"""Gets pages ready before the first visitor: templates are compiled once, before the web processes are forked."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.utils import translation


def warm() -> int:
    """Compile every template of the house and load its languages; returns how many templates there are."""
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("回音")
    return len([get_template(name) for name in template_names()])


def template_names() -> Iterator[str]:
    """The names of our own templates."""
    for config in apps.get_app_configs():
        folder = Path(config.path) / "templates"
        if config.name.startswith("huiyin.") and folder.is_dir():
            yield from (str(file.relative_to(folder)) for file in sorted(folder.rglob("*.html")))
