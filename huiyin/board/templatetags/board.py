"""Words for a week."""

from datetime import date

from django import template

from huiyin.board import notices

register = template.Library()


@register.filter
def week_of(monday: date) -> str:
    """A week by its first and last day."""
    return notices.week_words(monday)
