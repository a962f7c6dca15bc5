"""The only writer of contact data and its readings."""

from dataclasses import dataclass

from django.db import transaction

from huiyin.kernel import clock
from huiyin.kernel.errors import N_, NotAllowed, RuleBroken
from huiyin.people import rules, vault
from huiyin.people.actors import Actor
from huiyin.people.models import Contact, ContactReading


@dataclass(frozen=True, slots=True)
class Reachable:
    """How to reach somebody, in clear: exists only between the form and the vault, or after a journalled reading."""

    name: str = ""
    phone: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.address)


def keep_contact(reachable: Reachable, *, purpose: str) -> Contact:
    """Store how to reach a petitioner, sealed, for a stated purpose (PIPL 6, 17)."""
    phone = rules.normal_phone(reachable.phone)
    name = reachable.name.strip()
    return Contact.objects.create(
        sealed_name=vault.seal(name, about="name"),
        sealed_phone=vault.seal(phone, about="phone"),
        sealed_address=vault.seal(reachable.address.strip(), about="address"),
        masked_name=rules.masked_name(name),
        masked_phone=rules.masked_phone(phone),
        name_digest=vault.blind(name, about="name") if name else None,
        phone_digest=vault.blind(phone, about="phone") if phone else None,
        purpose=purpose,
        collected_at=clock.now(),
    )


@transaction.atomic
def read_contact(actor: Actor, contact: Contact, *, purpose: str) -> Reachable:
    """Read contact data in clear for a purpose; the reading leaves a row in the same transaction (R18).

    The caller has checked that the actor may see the matter. Raises RuleBroken without a purpose.
    """
    if actor.user_id is None:
        raise NotAllowed("not_staff", N_("只有登录的工作人员可以查看联系方式。"))
    if not purpose.strip():
        raise RuleBroken("purpose_missing", N_("请写明为什么要看联系方式，例如「先行联系诉求人」。"))
    ContactReading.objects.create(
        contact=contact, reader_id=actor.user_id, purpose=purpose.strip(), read_at=clock.now()
    )
    return Reachable(
        name=vault.unseal(contact.sealed_name, about="name"),
        phone=vault.unseal(contact.sealed_phone, about="phone"),
        address=vault.unseal(contact.sealed_address, about="address"),
    )


def known_parties(contact: Contact) -> list[str]:
    """The names and numbers of the parties, for masking only: they never leave the process."""
    values = [vault.unseal(contact.sealed_name, about="name"), vault.unseal(contact.sealed_phone, about="phone")]
    return [value for value in values if value]
