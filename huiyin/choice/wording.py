"""Short sentences in Chinese and English that results of this library carry, and the refusal that carries one."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """One statement, said in Chinese and in English; both name the same counts."""

    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        """Both languages under their codes, for a result file."""
        return {"zh": self.zh, "en": self.en}

    def __str__(self) -> str:
        return self.zh


class Refused(ValueError):
    """What this library will not compute, with the reason; `line` is the line of the file at fault, counted from 1."""

    def __init__(self, code: str, zh: str, en: str, *, line: int | None = None) -> None:
        self.code = code
        self.line = line
        self.sentence = Sentence(zh, en) if line is None else Sentence(f"第 {line} 行:{zh}", f"line {line}: {en}")
        super().__init__(f"{self.sentence.zh} / {self.sentence.en}")


def plain(value: Fraction | int) -> str:
    """An exact number as people write it: a whole number, a finite decimal, or numerator/denominator."""
    number = Fraction(value)
    rest, twos, fives = number.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    places = max(twos, fives)
    return str(number.numerator) if places == 0 else decimal(number, places)


def decimal(value: Fraction, places: int) -> str:
    """A number to so many decimal places, halves away from zero; for reading only, nothing is decided by it."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def percent(value: Fraction) -> str:
    """A share in per cent to two places, e.g. 68.33%; for reading only, nothing is decided by it."""
    return f"{decimal(value * 100, 2)}%"


def money(value: Fraction) -> str:
    """An amount as people read it: exact when it has at most two decimals, else rounded to two and marked ≈."""
    if (value * 100).denominator == 1:
        return plain(value)
    return f"≈{decimal(value, 2)}"


def exact(value: Fraction | int) -> dict[str, Any]:
    """A number for a result file: numerator and denominator decide, `text` is for reading."""
    number = Fraction(value)
    return {"numerator": number.numerator, "denominator": number.denominator, "text": money(number)}
