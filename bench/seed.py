"""Seeds the benchmark's database with n matters of the peers' generator, in bulk."""

import os
import sys
from datetime import UTC, date, timedelta
from uuid import UUID

import django

sys.path.insert(0, os.environ["PEER_COMMON"])
django.setup()

import texts  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from huiyin.appeals import clocks  # noqa: E402
from huiyin.appeals.models import Appeal, Remark  # noqa: E402
from huiyin.appeals.stages import Stage  # noqa: E402
from huiyin.catalogue import queries as catalogue  # noqa: E402
from huiyin.catalogue.models import TimeLimit  # noqa: E402
from huiyin.finding import workflow as finding  # noqa: E402
from huiyin.finding.models import Wording  # noqa: E402
from huiyin.journal import rules  # noqa: E402
from huiyin.journal.models import Event  # noqa: E402
from huiyin.kernel import held, numbers  # noqa: E402
from huiyin.people import rules as masking  # noqa: E402
from huiyin.people import vault  # noqa: E402
from huiyin.people.models import Contact, Post, Studio, User  # noqa: E402
from huiyin.territory.models import Area  # noqa: E402

START = date(2020, 1, 1)
BATCH = 2000
STAGES = {"open": Stage.REGISTERED, "working": Stage.ACCEPTED, "resolved": Stage.CLOSED, "closed": Stage.CLOSED}


def territory():
    district = Area.objects.create(
        code="990101", name="基准区", kind="district", path="990101/", full_name="基准区", valid_from=START
    )
    street = Area.objects.create(
        code="990101001",
        name="基准街道",
        kind="subdistrict",
        parent=district,
        path="990101/001/",
        full_name="基准区基准街道",
        valid_from=START,
    )
    made = []
    for n, name in enumerate(texts.COMMUNITIES):
        made.append(
            Area.objects.create(
                code=f"990101001{n:03d}",
                name=f"{name}社区",
                kind="community",
                parent=street,
                path=f"990101/001/{n:03d}/",
                full_name=f"基准区基准街道{name}社区",
                valid_from=START,
            )
        )
    Studio.objects.bulk_create(
        Studio(area=area, name=f"{area.name}工作室", address="—", phone="—", opening_hours="—", valid_from=START)
        for area in made
    )
    return made


def people(areas):
    secret = make_password("bench-pass")
    users = User.objects.bulk_create(
        User(login=f"worker{w}", name=f"工{w}", password=secret) for w in range(texts.WORKERS)
    )
    Post.objects.bulk_create(
        Post(user=user, role="studio_clerk", area=areas[w % len(areas)], valid_from=START)
        for w, user in enumerate(users)
    )
    officer = User.objects.create(login="officer", name="群工部", password=secret)
    whole = Area.objects.get(kind="district")
    Post.objects.create(user=officer, role="work_department", area=whole, valid_from=START)
    return users


def main(n):
    areas = territory()
    users = people(areas)
    TimeLimit.objects.update(valid_from=START)
    held.forget_all()
    for low in range(0, n, BATCH):
        with transaction.atomic():
            batch(range(low, min(n, low + BATCH)), areas, users)
    with connection.cursor() as cursor:
        for table in ("appeals_appeal", "journal_event"):
            cursor.execute(f"select setval(pg_get_serial_sequence('{table}', 'id'), (select max(id) from {table}))")
    make_findable()


def make_findable():
    """Keep what every matter says where searches look; the index is made at the end, in one go."""
    keys = Wording._meta.indexes[0]  # noqa: SLF001
    with connection.schema_editor() as editor:
        editor.remove_index(Wording, keys)
    finding.rebuild(lambda *_: None)
    with connection.schema_editor() as editor:
        editor.add_index(Wording, keys)


def number_of(i):
    body = f"23{i:09d}"
    return body + numbers.check_digit(body)


def batch(span, areas, users):
    channel = catalogue.channel("web")
    appeals, events, remarks = [], [], []
    contacts = Contact.objects.bulk_create([contact(texts.make(i)) for i in span], batch_size=1000)
    for i, known in zip(span, contacts, strict=True):
        m = texts.make(i)
        at = m["created"].replace(tzinfo=UTC)
        area = areas[m["community"]]
        mine = range(m["community"], texts.WORKERS, len(areas))
        keeper = users[mine[i % len(mine)]]
        stage = STAGES[m["status"]]
        row = Appeal(
            id=i + 1,
            number=number_of(i),
            submission_key=UUID(int=i + 1),
            submission_digest=b"-",
            stage=stage,
            subject=m["title"][:60],
            detail=m["body"],
            channel=channel,
            area=area,
            area_path=area.path,
            appeal_type="" if stage == Stage.REGISTERED else "complaint",
            keeper=keeper,
            first_receiver=keeper,
            registered_at=at,
            contact=known,
            studio_id=m["community"] + 1,
        )
        clocks.start_answer(row, "L13", at=at)
        clocks.start_stage(row, at=at)
        if stage != Stage.REGISTERED:
            row.accepted_at = at + timedelta(hours=1)
        if stage == Stage.CLOSED:
            row.replied_at = row.answered_at = at + timedelta(days=2)
            row.closed_at, row.outcome, row.result = at + timedelta(days=9), "unrated", "explained"
        appeals.append(row)
        verbs = ["submit"] + ([] if stage == Stage.REGISTERED else ["accept"])
        events += [event(f"appeal.{verb}", i + 1, keeper.pk, at) for verb in verbs]
        for day, text, worker in m["followups"]:
            said_at = day.replace(tzinfo=UTC)
            remarks.append(Remark(appeal_id=i + 1, kind="note", text=text, author=users[worker], said_at=said_at))
            events.append(event("appeal.note", i + 1, users[worker].pk, said_at))
    Appeal.objects.bulk_create(appeals, batch_size=500)
    Event.objects.bulk_create(events, batch_size=1000)
    Remark.objects.bulk_create(remarks, batch_size=1000)


def contact(m):
    name, phone = m["name"], f"1990000{m['i'] % 10000:04d}"
    return Contact(
        sealed_name=vault.seal(name, about="name"),
        sealed_phone=vault.seal(phone, about="phone"),
        sealed_address=vault.seal("", about="address"),
        masked_name=masking.masked_name(name),
        masked_phone=masking.masked_phone(phone),
        phone_digest=vault.blind(phone, about="phone"),
        purpose="基准",
        collected_at=m["created"].replace(tzinfo=UTC),
    )


def event(verb, pk, user, at):
    facts = {"verb": verb, "subject": pk, "at": at.isoformat()}
    return Event(
        at=at,
        verb=verb,
        subject_kind="appeal",
        subject_id=pk,
        actor_kind="staff",
        actor_id=user,
        salt=b"-" * 16,
        digest=rules.digest(facts, b"-" * 16),
    )


main(int(sys.argv[1]))
