"""What the hall keeps of its own: wrong tries of number and code, told apart by a keyed digest alone."""

from django.db import models


class WrongTry(models.Model):
    """One try of a query code from one address for one number; the digest names neither."""

    digest = models.BinaryField()
    tried_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=("digest", "tried_at"), name="wrong_try_digest"),
            models.Index(fields=("tried_at",), name="wrong_try_age"),
        ]

    def __str__(self) -> str:
        return f"{self.tried_at:%Y-%m-%d %H:%M}"
