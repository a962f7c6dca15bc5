"""Keeps a classifier in one .npz file of numbers and words: nothing in it can run when it is loaded."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiyin.text.classify.judging import Judge
from huiyin.text.classify.model import Classifier
from huiyin.text.classify.rows import Linear
from huiyin.text.classify.views import WEIGHTS, Reading
from huiyin.text.classify.vocabulary import Vocabulary

FORMAT = "huiyin classifier 2"
# A fixed date makes the file's bytes depend on the model alone.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_MEMBERS = ("by_text", "by_lexicon")


class ModelError(OSError):
    """A file that is not a classifier of this format; the sentence says which file and why."""


def save(classifier: Classifier, path: Path) -> None:
    """Write the classifier; the same classifier gives the same bytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, values in _arrays(classifier).items():
            held = io.BytesIO()
            np.lib.format.write_array(held, values, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, held.getvalue())


def load(path: Path) -> Classifier:
    """Read a classifier; objects are never unpickled. Raises ModelError when the file is something else."""
    try:
        with path.open("rb") as held:
            if not zipfile.is_zipfile(held):
                raise ModelError(f"{path}: not a model made by huiyin text train")
            held.seek(0)
            with np.load(held, allow_pickle=False) as arrays:
                return _classifier(arrays)
    except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: not a model of this version ({error})") from error


def _arrays(classifier: Classifier) -> dict[str, NDArray[Any]]:
    told = {
        "format": FORMAT,
        "labels": classifier.labels,
        "least_probability": classifier.least_probability,
        "figures": classifier.figures,
        "confidence": [classifier.judge.slope, classifier.judge.shift],
    }
    known = classifier.reading.vocabulary
    arrays: dict[str, NDArray[Any]] = {
        "told": _bytes(json.dumps(told, ensure_ascii=False)),
        "words": _bytes("\n".join(known.words)),
        "grams": known.grams,
    }
    for view, rarity in classifier.reading.rarity.items():
        arrays[f"rarity_{view}"] = rarity
    for member in _MEMBERS:
        linear: Linear = getattr(classifier, member)
        arrays[f"{member}_weights"] = linear.weights
        arrays[f"{member}_offsets"] = linear.offsets
    return arrays | {"trusts": classifier.judge.trusts, "leans": classifier.judge.leans}


def _classifier(arrays: Any) -> Classifier:
    told = json.loads(arrays["told"].tobytes().decode("utf-8"))
    if told["format"] != FORMAT:
        raise ValueError(f"format {told['format']!r}, expected {FORMAT!r}")
    text = arrays["words"].tobytes().decode("utf-8")
    known = Vocabulary(arrays["grams"], tuple(text.split("\n")) if text else ())
    reading = Reading(known, {view: arrays[f"rarity_{view}"] for view in WEIGHTS})
    members = {name: Linear(arrays[f"{name}_weights"], arrays[f"{name}_offsets"]) for name in _MEMBERS}
    if len(members["by_text"].weights) != reading.width():
        raise ValueError("weights do not fit the vocabulary")
    return Classifier(
        tuple(told["labels"]),
        reading,
        members["by_text"],
        members["by_lexicon"],
        Judge(arrays["trusts"], arrays["leans"], *map(float, told["confidence"])),
        float(told["least_probability"]),
        dict(told["figures"]),
    )


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
