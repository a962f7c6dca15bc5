"""One spelling for many ways of writing, as `huiyin.text.segment.folded`, without the dictionary that module loads."""

import re
import unicodedata

from huiyin.text.lexicon.traditional import TRADITIONAL_TO_SIMPLIFIED

_SPACES = re.compile(r"\s+")
_SPACES_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\ud800-\udfff\x00]")


def folded(text: str) -> str:
    """The text half width, in lower case, simplified, without space beside Chinese and without invisible signs."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(TRADITIONAL_TO_SIMPLIFIED).lower()
    return _SPACES_BESIDE_HAN.sub("", _SPACES.sub(" ", plain)).strip()


def joined(parts: tuple[str, ...], more: str = "") -> str:
    """Several texts folded, a line each: no word is found across two of them; a blank line before what is more."""
    said, added = "\n".join(filter(None, map(folded, parts))), folded(more)
    return f"{said}\n\n{added}" if added else said
