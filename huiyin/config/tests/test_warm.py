"""Every template of the house compiles, and is compiled before the first visitor."""

from huiyin.config import warm


def test_every_template_of_the_house_compiles() -> None:
    names = list(warm.template_names())
    assert {"base.html", "desk/home.html", "hall/say.html", "board/home.html"} <= set(names)
    assert warm.warm() == len(names) > 50
