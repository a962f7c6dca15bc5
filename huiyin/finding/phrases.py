"""Reads what was typed into the search: words apart by spaces, all wanted; words in quotes as one phrase. Pure."""

import re
from typing import Final

from huiyin.text.segment import folded

MOST: Final = 8
LONGEST: Final = 60
_QUOTES = str.maketrans(dict.fromkeys("“”„‟＂「」『』«»", '"'))
_PART = re.compile(r'"([^"]*)"|([^\s"]+)')


def read(typed: str) -> list[str]:
    """The folded words of a search, at most MOST of at most LONGEST signs; a word inside another says nothing more."""
    parts = (quoted or word for quoted, word in _PART.findall(typed.translate(_QUOTES)))
    words = list(dict.fromkeys(word for part in parts if (word := folded(part)[:LONGEST].strip())))[:MOST]
    return [word for word in words if not any(word != other and word in other for other in words)]
