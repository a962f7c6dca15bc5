"""Prepares and releases the demo's notices through real commands, by two people each."""

from datetime import timedelta

from huiyin.demo.district import read
from huiyin.kernel import clock
from huiyin.people import queries as people
from huiyin.people.actors import Actor
from huiyin.publication import queries, workflow
from huiyin.publication.models import Notice


def release_all() -> int:
    """Release what closed more than two days ago; what is newer still waits for people."""
    released = 0
    for community in read("district.json")["communities"]:
        clerk, director = _actor(f"clerk.{community['key']}"), _actor(f"director.{community['key']}")
        for notice in list(queries.waiting(clerk)):
            released += _release(notice, clerk, director)
    return released


def _actor(login: str) -> Actor:
    user = people.user_by_login(login)
    return people.actor_of(user.pk, user.name, clock.today())


def _release(notice: Notice, clerk: Actor, director: Actor) -> int:
    if notice.drafted_at > clock.now() - timedelta(days=2):
        return 0
    with clock.moved(notice.drafted_at + timedelta(hours=20)):
        workflow.prepare(
            clerk, notice.pk, title=notice.title, place=notice.place, said=notice.said, answer=notice.answer
        )
    with clock.moved(notice.drafted_at + timedelta(hours=26)):
        workflow.release(director, notice.pk)
    return 1
