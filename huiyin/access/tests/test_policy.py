"""A right is one Q: what it finds in lists is what it says of a single row."""

from hypothesis import given
from hypothesis import strategies as st

from huiyin.access import policy
from huiyin.access.rules import holds
from huiyin.people.actors import NOBODY, SYSTEM, Actor, Kind, Seat, resident
from huiyin.people.roles import Role


class Row:
    """A matter as the policy reads it."""

    def __init__(self, pk: int, path: str, unit: int | None, collector: int | None) -> None:
        self.id = self.pk = pk
        self.area_path, self.lead_unit_id, self.collector_id = path, unit, collector


def staff(role: str, *, path: str = "", unit: int | None = None) -> Actor:
    return Actor(Kind.STAFF, 7, "某人", (Seat(role, path, unit),))


HERE, ELSEWHERE = "990101/001/001/", "990101/001/002/"


def test_a_territory_reaches_everything_below_and_nothing_beside() -> None:
    clerk = staff(Role.STUDIO_CLERK, path=HERE)
    assert policy.reaches(clerk, "appeal.see", Row(1, HERE + "J001/01/", None, None))
    assert policy.reaches(clerk, "appeal.see", Row(1, HERE, None, None))
    assert not policy.reaches(clerk, "appeal.see", Row(1, ELSEWHERE, None, None))
    assert not policy.reaches(clerk, "appeal.see", Row(1, "990101/001/", None, None))
    assert not policy.reaches(clerk, "appeal.see", Row(1, "990101/001/0011/", None, None))


def test_a_unit_sees_its_own_orders_and_cannot_rate_them() -> None:
    contact = staff(Role.UNIT_CONTACT, unit=3)
    own = Row(1, HERE, 3, None)
    assert policy.reaches(contact, "appeal.handle", own)
    assert not policy.reaches(contact, "appeal.see", Row(1, HERE, 4, None))
    assert not policy.reaches(contact, "appeal.rate_on_paper", own)


def test_a_representative_sees_what_they_collected_and_a_resident_what_they_proved() -> None:
    deputy = staff(Role.NPC_DEPUTY, path=HERE)
    assert policy.reaches(deputy, "appeal.rate_collected", Row(1, HERE, None, 7))
    assert not policy.reaches(deputy, "appeal.see", Row(1, HERE, None, 8))
    assert policy.reaches(resident(1), "appeal.rate_own", Row(1, HERE, None, None))
    assert not policy.reaches(resident(2), "appeal.see", Row(1, HERE, None, None))
    assert not policy.reaches(NOBODY, "appeal.see", Row(1, HERE, None, None))


def test_the_system_may_do_only_what_limits_do_alone() -> None:
    may = {right for right in policy.POLICY if policy.has(SYSTEM, right)}
    assert may == {"appeal.handle", "appeal.close"}


@given(
    place=st.sampled_from(["990101/", "990101/001/", HERE, ELSEWHERE, HERE + "J001/", "990102/"]),
    post=st.sampled_from(["990101/", "990101/001/", HERE, ELSEWHERE]),
    unit=st.sampled_from([None, 3, 4]),
    collector=st.sampled_from([None, 7, 8]),
    role=st.sampled_from(Role.values),
    right=st.sampled_from(sorted(policy.POLICY)),
)
def test_a_right_on_a_row_is_the_scope_of_the_table(
    place: str, post: str, unit: int | None, collector: int | None, role: str, right: str
) -> None:
    """An independent reading of the table agrees with the Q, for every role and right."""
    row = Row(1, place, unit, collector)
    actor = Actor(Kind.STAFF, 7, "某人", (Seat(role, post), Seat(role, "", 3)))
    scopes = {
        policy.Scope.AREA: place.startswith(post),
        policy.Scope.UNIT: unit == 3,
        policy.Scope.COLLECTED: collector == 7,
        policy.Scope.ALL: True,
    }
    scope = policy.POLICY[right].get(role)
    expected = scope is not None and scopes[scope]
    assert policy.reaches(actor, right, row) is expected
    assert holds(policy.scope_q(actor, right), row) is expected
