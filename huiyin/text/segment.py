"""Folds and cuts Chinese text: one spelling for many ways of writing, words for search, sentences for quoting."""

import re
import unicodedata
from functools import cache
from importlib import import_module
from typing import Any

from huiyin.text.lexicon.traditional import TRADITIONAL_TO_SIMPLIFIED

_SPACES = re.compile(r"\s+")
_SPACES_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\ud800-\udfff\x00]")
_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
_HAN_RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
# The signs of ordinary texts that have more than one spelling; any other is left to Unicode's own, slower folding.
_WIDE = (*range(0xFF01, 0xFF5F), 0x3000, 0x2026)
_ONE_SPELLING = {**{code: unicodedata.normalize("NFKC", chr(code)) for code in _WIDE}, **TRADITIONAL_TO_SIMPLIFIED}
_WORDLIKE = re.compile(r"\w", re.UNICODE)


def folded(text: str) -> str:
    """The text in one spelling: half width, lower case, simplified, no space beside Chinese, no invisible signs.

    Offsets change (ligatures, spaces), so what is shown to people is the original text.
    """
    visible = _INVISIBLE.sub("", text)
    plain = visible.translate(_ONE_SPELLING)
    if not unicodedata.is_normalized("NFKC", plain):
        plain = unicodedata.normalize("NFKC", visible).translate(TRADITIONAL_TO_SIMPLIFIED)
    spaced = _SPACES.sub(" ", plain.lower())
    return _SPACES_BESIDE_HAN.sub("", spaced).strip() if " " in spaced else spaced


def cut(folded_text: str) -> list[str]:
    """The words of an already folded text in order, long words followed by the words inside them; signs included."""
    found: list[str] = _segmenter().cut_for_search(folded_text)
    return found


def pieces(text: str) -> list[str]:
    """Any text cut where words meet, nothing twice and nothing left out."""
    found: list[str] = _segmenter().cut(text)
    return found


def is_word(signs: str) -> bool:
    """Whether the segmenter's dictionary has these signs as a word."""
    return bool(_segmenter().has_word(signs))


@cache
def _segmenter() -> Any:
    """The segmenter, loaded by whoever cuts first: its words are 32 MB, and most processes never cut."""
    return import_module("rjieba")


def words(text: str) -> list[str]:
    """The words of any text for search and counting: folded, long words also in their parts, punctuation left out."""
    return [word for word in cut(folded(text)) if _WORDLIKE.search(word)]


def search_terms(text: str) -> list[str]:
    """The words plus every overlapping pair of Chinese characters, so that any two of them can be found."""
    plain = folded(text)
    pairs = [run[at : at + 2] for run in _HAN_RUN.findall(plain) for at in range(len(run) - 1)]
    return list(dict.fromkeys([*words(plain), *pairs]))


def sentences(text: str) -> list[str]:
    """The sentences of a text as written, ended by 。！？； or a line break, without the space around them."""
    return [sentence for found in _SENTENCE.findall(text) if (sentence := found.strip())]
