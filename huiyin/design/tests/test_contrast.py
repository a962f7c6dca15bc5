"""The tokens keep text readable in each of the four modes: light, dark, elder, elder in the dark."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[1] / "static" / "huiyin" / "css" / "tokens.css"
BLOCK = re.compile(r"(@media \(prefers-color-scheme: dark\) \{\s*)?(:root|html\[data-elder\]) \{(.*?)\}", re.DOTALL)
COLOUR = re.compile(r"--([\w-]+):\s*#([0-9A-F]{6});")
TEXT = [
    (ink, ground)
    for ink in ("ink", "quiet", "jade", "jade-deep", "amber", "vermilion", "indigo")
    for ground in ("paper", "card")
] + [
    ("ink", "jade-wash"),
    ("quiet", "jade-wash"),
    ("jade", "jade-wash"),
    ("jade-deep", "jade-wash"),
    ("amber", "jade-wash"),
    ("vermilion", "jade-wash"),
    ("ink", "amber-wash"),
    ("amber", "amber-wash"),
    ("ink", "vermilion-wash"),
    ("vermilion", "vermilion-wash"),
    ("indigo", "indigo-wash"),
    ("on-jade", "jade"),
    ("on-jade", "jade-deep"),
    ("on-vermilion", "vermilion"),
]
PARTS = [("edge", "paper"), ("edge", "card"), ("jade", "paper"), ("jade", "card"), ("ink", "vermilion-wash")]


def modes() -> dict[str, dict[str, str]]:
    """The colours of each mode as the cascade gives them."""
    blocks = {
        (bool(dark), "elder" in selector): dict(COLOUR.findall(body))
        for dark, selector, body in BLOCK.findall(TOKENS.read_text(encoding="utf-8"))
        if COLOUR.search(body)
    }
    light, dark = blocks[False, False], blocks[True, False]
    elder, elder_dark = blocks[False, True], blocks[True, True]
    return {
        "light": light,
        "dark": light | dark,
        "elder": light | elder,
        "elder-dark": light | dark | elder | elder_dark,
    }


def luminance(colour: str) -> float:
    """Relative luminance of RRGGBB (source: WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_ratio_of_black_on_white_is_21() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("mode", ["light", "dark", "elder", "elder-dark"])
def test_text_has_contrast_of_at_least_4_5(mode: str) -> None:
    colours = modes()[mode]
    low = {(ink, on): round(contrast(colours[ink], colours[on]), 2) for ink, on in TEXT}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("mode", ["light", "dark", "elder", "elder-dark"])
def test_borders_of_controls_and_focus_have_contrast_of_at_least_3(mode: str) -> None:
    colours = modes()[mode]
    low = {(part, on): round(contrast(colours[part], colours[on]), 2) for part, on in PARTS}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 3} == {}


@pytest.mark.parametrize("mode", ["elder", "elder-dark"])
def test_elder_mode_has_contrast_of_at_least_7_for_running_text(mode: str) -> None:
    colours = modes()[mode]
    assert min(contrast(colours[ink], colours[on]) for ink in ("ink", "quiet", "jade") for on in ("paper", "card")) >= 7
