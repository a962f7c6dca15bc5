"""Filters the desk's pages need beside the parts."""

from datetime import datetime, timedelta

from django import template

from huiyin.design.templatetags.parts import day
from huiyin.kernel import clock

register = template.Library()


@register.filter
def last_day(due_at: datetime) -> str:
    """The last day of a limit that ends at an instant (exclusive)."""
    return day(clock.local_date(due_at - timedelta(microseconds=1)))
