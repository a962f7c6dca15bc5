"""Addresses that lead out of the desk to the pages for residents."""

from typing import Final

from django.urls import NoReverseMatch, reverse

_FOLLOW: Final = "hall:follow"


def follow() -> str:
    """Where a resident looks up a matter with number and code; the hall's first page until there is one."""
    try:
        return reverse(_FOLLOW)
    except NoReverseMatch:
        return "/"
