"""What the fairest lottery is."""

from enum import StrEnum


class Rule(StrEnum):
    """What fair means: the largest smallest chance, or the same for the second smallest and so on."""

    MAXIMIN = "maximin"
    LEXIMIN = "leximin"
