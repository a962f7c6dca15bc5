"""Load the default rule profile: channels, categories, time limits, refusal codes and letters."""

import csv
import json
from datetime import date
from pathlib import Path

from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "data"
START = date(2026, 1, 1)


def _rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(apps, schema_editor):
    get = lambda name: apps.get_model("catalogue", name)
    channel, limit, refusal = get("Channel"), get("TimeLimit"), get("RefusalCode")
    channel.objects.bulk_create(
        channel(code=r["code"], name=r["zh"], name_en=r["en"], is_paper=r["paper"] == "1", position=n)
        for n, r in enumerate(_rows("channels.csv"))
    )
    limit.objects.bulk_create(
        limit(
            code=r["code"], name=r["name_zh"], name_en=r["name_en"], track=r["track"], appeal_type=r["appeal_type"],
            urgency=r["urgency"], amount=int(r["amount"]), unit=r["unit"], source=r["source"], mark=r["mark"],
            valid_from=date.fromisoformat(r["valid_from"]),
        )
        for r in _rows("limits.csv")
    )
    refusal.objects.bulk_create(
        refusal(
            code=r["code"], name=r["zh"], name_en=r["en"], script=r["script_zh"], script_en=r["script_en"],
            is_redirect=r["stage"] == "redirected", needs_place=r["place_needed"] == "1", source=r["source"],
            mark="DEF" if r["code"] == "N08" else "SRC",
        )
        for r in _rows("refusal_codes.csv")
    )
    _categories(get("Category"))
    letter = get("LetterTemplate")
    told = json.loads((DATA / "templates.json").read_text(encoding="utf-8"))
    letter.objects.bulk_create(
        letter(code=r["code"], name=r["name"], body=r["body"], body_en=r["body_en"], valid_from=START)
        for r in told["templates"]
    )


def _categories(category):
    rows, kept = _rows("categories.csv"), {}
    for level in ("1", "2", "3"):
        for r in (row for row in rows if row["level"] == level):
            kept[r["code"]] = category.objects.create(
                code=r["code"], name=r["zh"], name_en=r["en"], parent=kept.get(r["parent"]), level=int(level),
                keywords=r["keywords"], valid_from=START,
            )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
