"""Personal data is sealed, shown masked, found by a blind index, and its reading leaves a row."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, transaction

from huiyin.demo import district
from huiyin.kernel import clock, held
from huiyin.kernel.errors import NotAllowed, RuleBroken
from huiyin.people import queries, rules, vault, workflow
from huiyin.people.actors import NOBODY, SYSTEM, Actor, resident
from huiyin.people.models import Contact, ContactReading
from huiyin.people.workflow import Reachable

WANG = Reachable("王秀兰", "+86 199-0000-1001", "铁路小区 3 号楼")


@pytest.mark.parametrize(
    ("name", "shown"), [("王秀兰", "王**"), ("李强", "李*"), ("欧阳修文", "欧**"), ("王", "王*"), ("", ""), ("  ", "")]
)
def test_a_name_shows_its_family_name_only(name: str, shown: str) -> None:
    assert rules.masked_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("199 0000 1001", "199****1001"), ("+86（199）00001001", "199****1001"), ("0755-88881234", "****34"), ("", "")],
)
def test_a_number_shows_its_ends_only(phone: str, shown: str) -> None:
    assert rules.masked_phone(phone) == shown


def test_a_sealed_value_opens_only_where_it_belongs_and_unchanged() -> None:
    sealed = vault.seal("王秀兰", about="name")
    assert vault.unseal(memoryview(sealed), about="name") == "王秀兰"
    assert "王秀兰".encode() not in sealed and sealed != vault.seal("王秀兰", about="name"), "never the same twice"
    with pytest.raises(InvalidTag):
        vault.unseal(sealed, about="phone")
    for place in (1, len(sealed) // 2, len(sealed) - 1):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(InvalidTag):
            vault.unseal(changed, about="name")


def test_the_blind_index_is_the_same_for_equal_values_of_one_field() -> None:
    assert vault.blind("1", about="phone") == vault.blind("1", about="phone")
    assert len({vault.blind("1", about="phone"), vault.blind("2", about="phone"), vault.blind("1", about="name")}) == 3


@pytest.fixture
def clerk(db: None) -> Iterator[Actor]:
    held.forget_all()
    clock.move_to(datetime(2026, 3, 2, 10, 0, tzinfo=clock.LOCAL))
    district.load(start=date(2026, 1, 1))
    user = queries.user_by_login("clerk.lt")
    yield queries.actor_of(user.pk, user.name, clock.today())
    clock.move_to(None)
    held.forget_all()


@pytest.mark.usefixtures("clerk")
def test_a_contact_is_kept_sealed_and_found_by_its_number() -> None:
    kept = workflow.keep_contact(WANG, purpose="办理并答复诉求")
    row = Contact.objects.filter(pk=kept.pk).values().get()
    for clear in ("秀兰", "19900001001", "3 号楼"):
        assert all(
            clear.encode() not in bytes(value) for value in row.values() if isinstance(value, bytes | memoryview)
        )
        assert all(clear not in value for value in row.values() if isinstance(value, str))
    assert str(kept) == "王**"
    assert list(queries.contacts_with_phone("199 00001001")) == [kept]
    assert not queries.contacts_with_phone("19900001002").exists()
    assert workflow.known_parties(kept) == ["王秀兰", "19900001001"]


def test_reading_a_contact_leaves_who_when_and_why(clerk: Actor) -> None:
    kept = workflow.keep_contact(WANG, purpose="办理并答复诉求")
    assert workflow.read_contact(clerk, kept, purpose=" 先行联系 ") == Reachable(
        "王秀兰", "19900001001", "铁路小区 3 号楼"
    )
    reading = ContactReading.objects.get()
    assert (reading.contact, reading.reader_id, reading.purpose) == (kept, clerk.user_id, "先行联系")
    assert reading.read_at == clock.now()


def test_nobody_reads_without_a_purpose_or_without_a_name(clerk: Actor) -> None:
    kept = workflow.keep_contact(WANG, purpose="办理并答复诉求")
    with pytest.raises(RuleBroken):
        workflow.read_contact(clerk, kept, purpose="  ")
    for actor in (NOBODY, SYSTEM, resident(1)):
        with pytest.raises(NotAllowed):
            workflow.read_contact(actor, kept, purpose="看看")
    assert clerk.user_id is not None
    with pytest.raises(IntegrityError, match="contact_reading_has_purpose"), transaction.atomic():
        ContactReading.objects.create(contact=kept, reader_id=clerk.user_id, purpose="", read_at=clock.now())
    assert not ContactReading.objects.exists()
