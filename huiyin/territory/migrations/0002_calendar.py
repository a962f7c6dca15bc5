"""Load the working-day calendar 2004–2026 and the default office hours."""

import csv
from datetime import date, time
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "data"


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(apps, schema_editor):
    day, year = apps.get_model("territory", "CalendarDay"), apps.get_model("territory", "CalendarYear")
    hours = apps.get_model("territory", "OfficeHours")
    day.objects.bulk_create(
        day(day=date.fromisoformat(r["date"]), kind=r["kind"], name=r["name"], source=r["source"]) for r in _rows("calendar.csv")
    )
    year.objects.bulk_create(year(year=int(r["year"]), source=r["source"]) for r in _rows("years.csv"))
    start = date(2004, 1, 1)
    hours.objects.bulk_create(
        hours(opens=opens, closes=closes, valid_from=start)
        for opens, closes in ((time(9), time(12)), (time(13, 30), time(18)))
    )


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
