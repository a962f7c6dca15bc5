"""Several texts as one, each in one spelling."""

from huiyin.text.segment import folded


def joined(parts: tuple[str, ...], more: str = "") -> str:
    """Several texts folded, a line each: no word is found across two of them; a blank line before what is more."""
    said, added = "\n".join(filter(None, map(folded, parts))), folded(more)
    return f"{said}\n\n{added}" if added else said
