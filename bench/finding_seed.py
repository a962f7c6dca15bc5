"""Seeds a scratch database with appeals for bench/finding.py, in bulk, and counts what a true search would find."""

import csv
import gzip
import importlib
import json
import os
import random
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.core.management import call_command
from django.db import connection

from huiyin.catalogue.models import Channel, TimeLimit
from huiyin.config import paths
from huiyin.finding import sources, workflow
from huiyin.finding.models import Wording
from huiyin.kernel import numbers
from huiyin.people.models import Unit, User
from huiyin.territory.models import Area
from huiyin.text.similar.tests import appeals as stories

SHARED = Path(os.environ.get("HUIYIN_SHARED", Path(__file__).resolve().parents[2] / "shared"))
COMMUNITIES = 22
UNITS = 30
PLANTED = 600
START = date(2020, 1, 1)
DAY = timedelta(days=1)
BATCH = 5000
TERMS = [("泵房", 5, "rare"), ("漏水", 4, "mid"), ("路灯", 4, "mid"), ("物业", 2, "common"), ("老人", 2, "common")]
DEMO = Path(__file__).resolve().parents[1] / "huiyin" / "demo" / "data" / "appeals.jsonl"
COLUMNS = (
    "id", "number", "submission_key", "submission_digest", "code_version", "version", "stage", "subject", "detail",
    "channel_id", "appeal_type", "track", "urgency", "area_id", "area_path", "place_text", "is_anonymous",
    "persons_count", "proxy_note", "feedback_way", "lead_unit_id", "registered_at", "answer_started_at",
    "answer_limit_id", "answer_due_on", "answer_due_at", "first_due_at", "stage_since", "stage_due_at", "round",
    "redo_count", "result", "outcome", "answered_at", "closed_at",
)  # fmt: skip
KINDS = ["int8", "text", "uuid", "bytea", "int2", "int4", "text", "text", "text", "int8", "text", "text", "text"]
KINDS += ["int8", "text", "text", "bool", "int2", "text", "text", "int8", "timestamptz", "timestamptz", "int8"]
KINDS += ["date", "timestamptz", "timestamptz", "timestamptz", "timestamptz", "int2", "int2", "text", "text"]
KINDS += ["timestamptz", "timestamptz"]


def generator():
    """The peers' generator when it is there; else the stories of the demo, varied by number."""
    if (SHARED / "bench" / "peers").is_dir():
        sys.path.insert(0, str(SHARED / "bench" / "peers" / "common"))
        texts = importlib.import_module("texts")
        return texts.make, texts.SEARCH_TERMS
    return _varied, TERMS


def _varied(i):
    chance = random.Random(i)
    story = chance.choice(_told())
    subject, detail = (stories.with_other_numbers(chance, story[part]) for part in ("subject", "detail"))
    subject = f"{subject}{chance.randint(1, 99)}号楼"
    return {"title": subject, "body": detail, "community": i % COMMUNITIES, "status": chance.choice(["open", "closed"])}


@cache
def _told():
    return [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]


def bases():
    """Texts of which changed copies will be asked for, each with the group of texts that say the same."""
    chance = random.Random(3)
    found = [(text.replace("|", "。", 1), f"own {at}") for at, text in enumerate(stories.APPEALS)]
    file = SHARED / "data" / "messages_labelled.csv.gz"
    if file.is_file():
        with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
            found += [(f"{row['subject']}。{row['detail']}", row["grp"]) for row in csv.DictReader(stream)]
    return chance.sample(found, min(PLANTED, len(found))), found


def changed(base, chance):
    """A base said again: order, words, numbers and place changed, or one of them."""
    text = base
    for change in chance.choice((stories.CHANGES, (chance.choice(stories.CHANGES),))):
        text = change(chance, text) if "，" in text or "。" in text else text
    return text


def seeded(n):
    """Make sure the database holds n appeals and the texts to be found again; returns what is true of it."""
    kept = paths.STATE / f"truth-{n}.json"
    if kept.exists():
        return json.loads(kept.read_text())
    call_command("migrate", verbosity=0)
    areas, units = _places()
    make, terms = generator()
    counted = {term: Counter() for term, _, _ in terms}
    planted = _planted(n)
    with connection.schema_editor() as editor:
        editor.remove_index(Wording, _keys_index())
    rows = iter(range(1, n + 1))
    while span := list(islice(rows, BATCH)):
        _copy(span, make, planted, counted, areas, units)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '256MB'")
    with connection.schema_editor() as editor:
        editor.add_index(Wording, _keys_index())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT setval(pg_get_serial_sequence('appeals_appeal', 'id'), %s)", [n])
    workflow.weigh()
    truth = {
        "terms": {term: {str(place): times for place, times in found.items()} for term, found in counted.items()},
        "planted": {str(pk): list(pair) for pk, pair in planted.items()},
    }
    kept.write_text(json.dumps(truth, ensure_ascii=False))
    return truth


def _keys_index():
    return Wording._meta.indexes[0]  # noqa: SLF001  Django's public way to a model's indexes


def _planted(n):
    """Row ids that say a text of `bases` instead of one of the generator; all real texts when there are enough rows."""
    _, every = bases()
    step = max(1, n // (len(every) + 1))
    return {(at + 1) * step: pair for at, pair in enumerate(every) if (at + 1) * step <= n}


def _places():
    district = Area.objects.create(
        code="990101", name="基准区", kind="district", path="990101/", full_name="基准区", valid_from=START
    )
    street = Area.objects.create(
        code="990101001", name="基准街道", kind="subdistrict", parent=district, path="990101/001/",
        full_name="基准区基准街道", valid_from=START,
    )  # fmt: skip
    areas = Area.objects.bulk_create(
        Area(
            code=f"990101001{at:03d}", name=f"{at}社区", kind="community", parent=street,
            path=f"990101/001/{at:03d}/", full_name=f"基准区基准街道{at}社区", valid_from=START,
        )
        for at in range(COMMUNITIES)
    )  # fmt: skip
    units = Unit.objects.bulk_create(
        Unit(code=f"u{at:02d}", name=f"{at}单位", kind="department", area=district, valid_from=START)
        for at in range(UNITS)
    )
    User.objects.create(login="clerk", name="工")
    return areas, units


def _copy(span, make, planted, counted, areas, units):
    """One batch of appeals and of what they say, in the binary form of COPY."""
    channel, limit = Channel.objects.get(code="web").pk, TimeLimit.objects.filter(code="L13").first().pk
    rows, wordings = [], []
    for pk in span:
        matter = make(pk - 1)
        if str_pair := planted.get(pk):
            subject, _, detail = str_pair[0].partition("。")
            matter = {**matter, "title": subject, "body": detail or subject}
        area, unit = areas[matter["community"]], units[pk % UNITS]
        is_open = matter["status"] in ("open", "working")
        rows.append(_row(pk, matter, area, unit, is_open, channel, limit))
        said = sources.Said(pk, (matter["title"][:60], matter["body"], ""), area.path, unit.pk, is_open=is_open)
        wordings.append(workflow.wording("appeal", said))
        text = f"{matter['title']}\n{matter['body']}"
        for term, found in counted.items():
            if term in text:
                found[matter["community"]] += 1
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        columns = ", ".join(COLUMNS)
        with cursor.copy(f"COPY appeals_appeal ({columns}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(KINDS)
            for row in rows:
                copy.write_row(row)
        with cursor.copy("COPY finding_wording (id, folded, keys) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "text", "int8[]"])
            for row in wordings:
                copy.write_row(row)


def _row(pk, matter, area, unit, is_open, channel, limit):
    at = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(minutes=pk)
    body = f"23{pk:09d}"
    end = None if is_open else at + 9 * DAY
    outcome, stage = ("", "handling") if is_open else ("unrated", "closed")
    return (
        pk, body + numbers.check_digit(body), UUID(int=pk), b"-", 1, 1, stage, matter["title"][:60], matter["body"],
        channel, "complaint", "community_order", "normal", area.pk, area.path, "", False,
        1, "", "", unit.pk, at, at, limit, (at + 9 * DAY).date(), at + 9 * DAY, at + DAY, at,
        at + 5 * DAY if is_open else None, 1, 0, "" if is_open else "explained", outcome, end, end,
    )  # fmt: skip
