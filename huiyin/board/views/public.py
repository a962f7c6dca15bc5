"""What everyone reads: notices, the week's poster, a month's figures, how to check; and the masked photos."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.attachments import store
from huiyin.board import notices, places, public_figures, tables
from huiyin.board.forms import MonthForm, NoticeFilter, WeekForm
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, NotFound
from huiyin.people import queries as people
from huiyin.publication import comparison, queries
from huiyin.territory import queries as territory


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The notices, newest first, by week."""
    form = NoticeFilter(request.GET)
    chosen = form.chosen()
    found = queries.released(area_path=chosen["area"], category=chosen["category"], words=chosen["words"])
    after = request.GET.get("after", "")
    page = notices.page(found, after=after)
    kept = {name: value for name, value in chosen.items() if value}
    here = reverse("board:home")
    return render(
        request,
        "board/home.html",
        {
            "form": form,
            "lines": page.lines,
            "is_narrowed": bool(kept),
            "page": {
                "earlier_url": f"{here}?{urlencode({**kept, 'after': page.next_key})}" if page.next_key else "",
                "later_url": f"{here}?{urlencode(kept)}" if after else "",
            },
            "week_url": f"{reverse('board:week')}?{urlencode({'area': chosen['area']})}",
        },
    )


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice, as it hangs on the board."""
    found = queries.released_notice(pk)
    studio = people.studio_for(found.area_path, clock.today())
    return render(request, "board/notice.html", {"line": notices.lines([found])[0], "studio": studio})


@require_safe
def week(request: HttpRequest) -> HttpResponse:
    """The week's list as a poster for the physical board."""
    form = WeekForm(request.GET)
    monday = form.monday()
    area, paper = form.cleaned_data.get("area") or "", form.cleaned_data.get("paper") or "a3"
    lines = notices.of_week(queries.released(area_path=area), monday)
    context = {
        "form": WeekForm({"week": monday, "area": area, "paper": paper}),
        "lines": lines,
        "place": places.area_name(area) or territory.district().name,
        "week": notices.week_words(monday),
        "is_large": paper == "a3",
        "earlier_url": _week_url(monday - timedelta(days=7), area, paper),
        "later_url": _week_url(monday + timedelta(days=7), area, paper),
        "has_later": monday + timedelta(days=7) <= clock.today(),
        "studio": people.studio_for(area, clock.today()) if area else None,
    }
    return render(request, "board/week.html", context)


def _week_url(monday: object, area: str, paper: str) -> str:
    return f"{reverse('board:week')}?{urlencode({'week': monday, 'area': area, 'paper': paper})}"


@require_safe
def photo(_request: HttpRequest, pk: int) -> HttpResponse:
    """A masked photo of a released notice; nothing else is ever given to everyone."""
    found = comparison.public_photo(pk)
    path = store.path_of(found.sha256) if found else None
    if found is None or path is None or not path.exists():
        raise NotFound("unknown_file", N_("没有找到这张照片，或公示已经撤下。"))
    response = HttpResponse(path.read_bytes(), content_type=found.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "public, max-age=300"
    return response


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of a month, with base, period and definition; the tables can be downloaded."""
    form = MonthForm(request.GET)
    period = form.period()
    caption = tables.caption_of(territory.district().name, period)
    made = public_figures.tables(period)
    name, given = f"huiyin-{period.first:%Y-%m}", request.GET
    file = tables.asked_file(made, caption, form=given.get("as", ""), code=given.get("table", ""), name=name)
    if file is not None:
        return file
    context = {
        "form": MonthForm({"month": f"{period.first:%Y-%m}"}),
        "cards": public_figures.cards(period),
        "months": public_figures.months(period),
        "tables": made,
        "caption": caption,
        "is_running": period.end > clock.today(),
        "file_url": f"?{urlencode({'month': f'{period.first:%Y-%m}'})}",
    }
    return render(request, "board/figures.html", context)


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """How anyone can check what is said here, and what cannot be checked yet."""
    return render(request, "board/check.html")
