"""Tags and filters that draw the small parts of a page; those used in rows build their HTML directly."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin import __version__
from huiyin.design import dates
from huiyin.design.shapes import Bars, MatterLine
from huiyin.kernel import clock

register = template.Library()

INNER, OUTER = 15.0, 24.0  # radii of the clock's two rings
OPEN_RING = 0.80  # the outer ring stays open by a fifth until the answer closes it
BAR_FULL = 100.0


def _light_word(light: str) -> tuple[str, str]:
    if light == "green":
        return "●", _("正常")
    if light == "amber":
        return "▲", _("将到期")
    if light == "red":
        return "■", _("逾期")
    return "○", _("不计时")


@register.simple_tag
def light(of: Any) -> SafeString:
    """The light of a matter or of a stored value (green, amber, red, none): shape, word and colour."""
    value = of if isinstance(of, str) else of.light
    shape, word = _light_word(value)
    return format_html('<span class="light light-{}"><i aria-hidden="true">{}</i> {}</span>', value, shape, word)


@register.simple_tag
def light_count(of: str, count: int) -> SafeString:
    """How many matters of a list show this light; empty when none do."""
    if not count:
        return mark_safe("")
    shape, word = _light_word(of)
    return format_html(
        '<span class="light light-{}"><i aria-hidden="true">{}</i><span class="visually-hidden">{}</span>{}</span>',
        of,
        shape,
        word,
        count,
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """A day with its weekday in the reader's language; empty for none."""
    if value is None:
        return ""
    return dates.day_words(dates.local_day(value), this_year=clock.today().year)


@register.filter
def when(value: datetime | None) -> str:
    """A moment as day and time in China; empty for none."""
    return dates.moment_words(value, this_year=clock.today().year) if value is not None else ""


@register.filter
def groups(number: object) -> str:
    """A number in groups of four."""
    return dates.in_groups(str(number))


@register.simple_tag
def due_text(due_on: date | None, workdays_left: int | None = None) -> str:
    """The due day and what is left: 3月9日（周一）· 还剩 2 个工作日; empty when nothing is due."""
    if due_on is None:
        return ""
    if workdays_left is None:
        return day(due_on)
    return f"{day(due_on)} · {dates.left_words(workdays_left)}"


@register.simple_tag
def matter_row(matter: MatterLine, *, choose: str = "") -> SafeString:
    """One matter of a desk list, twenty-five to a page; `choose` names the checkbox for acts on several rows.

    Every value is escaped here, once: format_html costs a quarter of the page's time over a whole list.
    """
    shape, word = _light_word(matter.light)
    due = box = ""
    if matter.due_on is not None:
        left = "" if matter.workdays_left is None else dates.left_words(matter.workdays_left)
        due = f'<span class="row-due"><b>{day(matter.due_on)}</b><span>{left}</span></span>'
    number = escape(dates.in_groups(matter.number))
    if choose:
        spoken = escape(matter.number)
        box = f'<input type="checkbox" data-choose name="{choose}" value="{matter.pk}" aria-label="{spoken}">'
    more = "".join(
        f"<span>{escape(str(words))}</span>" for words in (matter.place, matter.kind, matter.stage, matter.holder)
    )
    return mark_safe(  # noqa: S308  # every value is escaped above, the rest are names from fixed sets
        f'<li class="row row-{matter.light}{" row-choice" if choose else ""}" data-row>{box}'
        f'<span class="light light-{matter.light}"><i aria-hidden="true">{shape}</i> {word}</span>'
        f'<a class="row-what" href="{escape(matter.url)}">{escape(matter.what)}</a>{due}'
        f'<span class="row-more"><span class="number">{number}</span>{more}</span></li>'
    )


def _arc(radius: float, share: float, css: str) -> str:
    length = 2 * math.pi * radius
    return (
        f'<circle class="{css}" cx="32" cy="32" r="{radius:g}" fill="none" '
        f'stroke-dasharray="{length * share:.2f} {length:.2f}" transform="rotate(-90 32 32)"/>'
    )


@register.simple_tag
def clock_face(used: int, limit: int, *, is_answered: bool = False, light: str = "none") -> SafeString:
    """The figure of the clock: dot = said, inner arc = workdays used of the limit, outer ring closed = answered."""
    share = min(1.0, max(0.0, used / limit)) if limit > 0 else 0.0
    parts = [
        '<svg class="clock-face clock-',
        light if light in {"green", "amber", "red"} else "none",
        '" viewBox="0 0 64 64" width="96" height="96" aria-hidden="true" focusable="false">',
        _arc(OUTER, 1.0 if is_answered else OPEN_RING, "clock-ring clock-closed" if is_answered else "clock-ring"),
        _arc(INNER, 1.0, "clock-track"),
        _arc(INNER, share, "clock-used") if share else "",
        '<circle class="clock-said" cx="32" cy="32" r="5"/></svg>',
    ]
    return mark_safe("".join(parts))  # noqa: S308  # numbers of ours and names from a fixed set only


@register.filter
def tone(label: str, name: str) -> SafeString:
    """A label in a quiet pill; the name is jade, amber, vermilion, indigo or plain."""
    return format_html('<span class="tag tag-{}">{}</span>', name, label)


@register.inclusion_tag("design/chart.html")
def bar_chart(title: str, bars: Bars, *, unit: str = "", note: str = "") -> Mapping[str, object]:
    """Values as bars inside their own table, so picture and figures cannot part."""
    top = max((bar.value for bar in bars), default=0) or 1
    rows = [{"bar": bar, "width": f"{BAR_FULL * max(0.0, bar.value) / top:.1f}"} for bar in bars]
    return {"title": title, "rows": rows, "unit": unit, "note": note}


@register.inclusion_tag("design/columns.html")
def column_chart(title: str, bars: Bars, *, unit: str = "", note: str = "") -> Mapping[str, object]:
    """Values over time as columns, with the table of the same values beside them."""
    top = max((bar.value for bar in bars), default=0) or 1
    step = BAR_FULL / max(1, len(bars))
    columns = [
        {
            "bar": bar,
            "x": f"{index * step + step * 0.15:.2f}",
            "width": f"{step * 0.7:.2f}",
            "y": f"{BAR_FULL - BAR_FULL * max(0.0, bar.value) / top:.2f}",
            "height": f"{BAR_FULL * max(0.0, bar.value) / top:.2f}",
        }
        for index, bar in enumerate(bars)
    ]
    return {"title": title, "columns": columns, "top": top, "unit": unit, "note": note}


@register.simple_tag
def trend(values: list[float]) -> SafeString:
    """A small line of the last values, for a figure card; the numbers themselves stand in the linked rows."""
    if len(values) < 2:  # a line needs two points
        return mark_safe("")
    low, high = min(values), max(values)
    spread = (high - low) or 1
    points = " ".join(
        f"{2 + 92 * index / (len(values) - 1):.1f},{22 - 18 * (value - low) / spread:.1f}"
        for index, value in enumerate(values)
    )
    return format_html(
        '<svg class="trend" viewBox="0 0 96 24" width="96" height="24" aria-hidden="true" focusable="false">'
        '<polyline points="{}" fill="none"/></svg>',
        points,
    )


@register.inclusion_tag("design/count_bar.html")
def count_bar(
    yes: int, no: int, abstained: int, absent: int, *, needed: int | None = None, rule: str = ""
) -> Mapping[str, object]:
    """Votes of everyone entitled, as one bar with the line of the majority drawn at `needed` votes in favour."""
    total = yes + no + abstained + absent
    kinds = (
        ("yes", _("同意"), yes),
        ("no", _("反对"), no),
        ("abstained", _("弃权"), abstained),
        ("absent", _("未到"), absent),
    )
    start = 0.0
    parts = []
    for name, label, count in kinds:
        width = BAR_FULL * count / total if total else 0.0
        parts.append({"name": name, "label": label, "count": count, "x": f"{start:.2f}", "width": f"{width:.2f}"})
        start += width
    line = f"{BAR_FULL * needed / total:.2f}" if needed is not None and total else ""
    return {"parts": parts, "total": total, "line": line, "needed": needed, "rule": rule}


@register.filter
def why(field: BoundField) -> str:
    """Why a form asks for a field: what its `whys` mapping says, or nothing."""
    reasons: Mapping[str, str] = getattr(field.form, "whys", {})
    return str(reasons.get(field.name, ""))


@register.simple_tag(takes_context=True)
def here(context: Context, url: str) -> SafeString:
    """Marks the link of the page that is open."""
    request = context.get("request")
    is_here = request is not None and (request.path == url or (url != "/" and request.path.startswith(url)))
    return mark_safe(' aria-current="page"' if is_here else "")  # noqa: S308  # a constant


@register.simple_tag
def house_version() -> str:
    """The version of the running house."""
    return __version__


@register.simple_tag
def other_language() -> dict[str, str]:
    """The language one can change to: its code and its own name."""
    if (get_language() or "zh").startswith("zh"):
        return {"code": "en", "label": "English"}
    return {"code": "zh-hans", "label": "中文"}
