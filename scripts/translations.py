"""Keeps the English catalogue complete: `update` collects the Chinese sentences, `check` fails on gaps."""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "huiyin" / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # the compiled catalogue says the same on every day
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources() -> Iterator[tuple[str, str]]:
    """Every file that can hold sentences, as Python that babel can read, with its path."""
    for path in sorted((ROOT / "huiyin").rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    for pattern in ("*.html", "*.txt"):
        for path in sorted((ROOT / "huiyin").rglob(f"templates/**/{pattern}")):
            yield str(path.relative_to(ROOT)), templatize(path.read_text(encoding="utf-8"), origin=str(path))


def collected() -> Catalog:
    """The catalogue of all sentences in the sources, without translations."""
    catalog = Catalog(locale="en", project="Huiyin", charset="utf-8", fuzzy=False)
    for name, text in sources():
        for _line, function, message, _comments in extract_python(io.BytesIO(text.encode()), list(KEYWORDS), [], {}):
            _add(catalog, name, function, message)
    return catalog


def _add(catalog: Catalog, name: str, function: str, message: object) -> None:
    words = list(message) if isinstance(message, tuple) else [message]
    context = words.pop(0) if function.startswith(("pgettext", "npgettext")) else None
    if not words or not isinstance(words[0], str) or not words[0]:
        return
    is_plural = function.startswith(("ngettext", "npgettext")) and len(words) > 1 and isinstance(words[1], str)
    catalog.add((words[0], words[1]) if is_plural else words[0], locations=[(name, 0)], context=context)


def known() -> Catalog:
    """The catalogue as it is in the repository."""
    if not PO.exists():
        return Catalog(locale="en", project="Huiyin", charset="utf-8")
    with PO.open("rb") as file:
        catalog = read_po(file, locale="en")
    catalog.creation_date = catalog.revision_date = NO_DATE
    return catalog


def merged() -> Catalog:
    """The collected sentences with the translations that are known; what is no longer used is left out."""
    catalog, old = collected(), known()
    for message in catalog:
        found = old.get(message.id, message.context) if message.id else None
        if found is not None and found.string:
            message.string = found.string
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """Sentences without a whole English translation."""
    return [_source(m.id) for m in catalog if m.id and not all(_strings(m.string))]


def _source(identity: object) -> str:
    return str(identity[0] if isinstance(identity, (tuple, list)) else identity)


def _strings(string: object) -> list[str]:
    return [str(part) for part in string] if isinstance(string, (tuple, list)) else [str(string or "")]


def wrong_places(catalog: Catalog) -> list[str]:
    """Translations whose named places differ from those of the sentence."""
    return [
        f"{_source(m.id)}: {error}" for m in catalog if m.id and all(_strings(m.string)) for error in m.check(catalog)
    ]


def _write_po(catalog: Catalog) -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=110, no_location=True, sort_output=True, omit_header=False)
    text = PO.read_text(encoding="utf-8").splitlines(keepends=True)
    PO.write_text(
        "".join(line for line in text if "-Date:" not in line and "Generated-By" not in line), encoding="utf-8"
    )


def _mo_bytes(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def update() -> int:
    """Collect the sentences into the catalogue and say which still need English."""
    catalog = merged()
    _write_po(catalog)
    MO.write_bytes(_mo_bytes(known()))
    left = missing(catalog)
    print(f"{len(catalog)} sentences, {len(left)} without English")
    return 0


def check() -> int:
    """Fail on a sentence without English, on wrong places, and on a catalogue that is not the sources'."""
    catalog = merged()
    problems = [f"no English: {text}" for text in missing(catalog)] + wrong_places(catalog)
    unused = {(_source(m.id), m.context) for m in known() if m.id} - {
        (_source(m.id), m.context) for m in catalog if m.id
    }
    problems += [f"no longer used: {text}" for text, _ in sorted(unused, key=str)]
    if not MO.exists() or MO.read_bytes() != _mo_bytes(known()):
        problems.append("django.mo is not compiled from django.po: run scripts/translations.py update")
    for problem in problems[:40]:
        print(problem)
    print(f"{len(catalog)} sentences, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    settings.configure(USE_I18N=False)
    sys.exit({"update": update, "check": check}[sys.argv[1]]())
