"""Addresses that lead out of the desk to the pages for residents."""

from django.urls import reverse


def follow(number: str) -> str:
    """Where one matter is looked up: what the QR picture of a receipt holds; the code has to be typed."""
    return reverse("hall:follow", args=[number])


def track() -> str:
    """Where any matter is looked up with number and code: what is printed on a receipt."""
    return reverse("hall:track")
