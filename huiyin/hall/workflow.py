"""The only writer of wrong tries: five per address and number in a quarter of an hour, then a pause."""

from datetime import timedelta
from typing import Final

from huiyin.appeals import queries
from huiyin.appeals.models import Appeal
from huiyin.hall.models import WrongTry
from huiyin.kernel import clock, numbers
from huiyin.kernel.errors import N_, DomainError
from huiyin.people import vault

TRIES: Final = 5
PAUSE: Final = timedelta(minutes=15)


class TooManyTries(DomainError):
    """A query code was guessed too often; waiting or asking at the counter opens the way again."""

    status = 429


def prove(number: str, code: str, *, address: str) -> Appeal:
    """The appeal whose number and code were given.

    The try is counted before the code is looked at, so that parallel guesses count too; a right one clears the
    count. Raises NotFound for a wrong number or code, TooManyTries after five of them.
    """
    now = clock.now()
    digest = vault.blind(f"{address}|{numbers.normalise(number)}", about="code-try")
    WrongTry.objects.filter(tried_at__lte=now - PAUSE).delete()
    this = WrongTry.objects.create(digest=digest, tried_at=now)
    if WrongTry.objects.filter(digest=digest).count() > TRIES:
        this.delete()
        raise TooManyTries(
            "too_many_tries", N_("已经错了五次，请等 15 分钟再试。着急的话，请打电话或到社区工作室，当面查。")
        )
    found = queries.appeal_by_code(number, code)
    WrongTry.objects.filter(digest=digest).delete()
    return found
