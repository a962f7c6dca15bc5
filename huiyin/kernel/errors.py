"""What the field says no to: errors with a stable code and a sentence a person can act on."""

from typing import Any, ClassVar


def N_(sentence: str) -> str:  # noqa: N802  the customary name of gettext's no-op marker
    """Mark a Chinese source sentence for translation; it is translated when it is shown."""
    return sentence


class DomainError(Exception):
    """The field refuses: `code` is stable, `sentence` says what to do, `params` fill its named places."""

    status: ClassVar[int] = 409

    def __init__(self, code: str, sentence: str, /, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.params = params

    def __str__(self) -> str:
        return self.sentence % self.params if self.params else self.sentence


class NotFound(DomainError):
    """There is no such row for this actor, whether it does not exist or lies outside what they see."""

    status = 404


class NotAllowed(DomainError):
    """The actor sees the matter but may not do this with it."""

    status = 403


class WrongStage(DomainError):
    """The step does not start from the stage the matter is in."""


class Overtaken(DomainError):
    """Somebody else changed the matter since the actor last saw it; nothing was overwritten."""


class RuleBroken(DomainError):
    """A guard of the field is not met; the sentence says which and how to meet it."""

    status = 422


class BeyondCalendar(DomainError):
    """Working days were asked for in a year whose holiday notice is not loaded."""

    status = 422
