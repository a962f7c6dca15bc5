"""The wordings of matters and notices, and how common pairs of signs are among them; private to the package."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Wording(models.Model):
    """What one matter or notice says, folded, with the keys it is found under; `id` tells kind and subject."""

    id = models.BigIntegerField(primary_key=True)
    folded = models.TextField()
    keys = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=("keys",), fastupdate=False, name="wording_keys")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.folded[:20]}"


class Shares(models.Model):
    """The pairs of signs that are not rare (8 bytes each, ascending), and in how many of 10,000 each is (2 bytes)."""

    pairs = models.BinaryField()
    per_10000 = models.BinaryField()
    weighed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{len(self.pairs) // 8} pairs, {self.weighed_at:%Y-%m-%d}"
