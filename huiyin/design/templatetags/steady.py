"""A tag that draws a piece of a page once per language: what cannot differ between two requests is not drawn again."""

from typing import Any, Final
from weakref import WeakSet

from django import template
from django.core.signals import setting_changed
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()
_MOST_PIECES: Final = 500
_NODES: "WeakSet[SteadyNode]" = WeakSet()


class SteadyNode(template.Node):
    """Holds what it drew, by language and by the values it is said to depend on."""

    def __init__(self, nodelist: NodeList, depends: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.depends = depends
        self.drawn: dict[tuple[Any, ...], SafeString] = {}
        _NODES.add(self)

    def render(self, context: Context) -> SafeString:
        """The piece, drawn once."""
        key = (get_language(), *(each.resolve(context) for each in self.depends))
        if key not in self.drawn:
            if len(self.drawn) >= _MOST_PIECES:
                self.drawn.clear()
            self.drawn[key] = mark_safe(self.nodelist.render(context))  # noqa: S308  it was drawn by templates
        return self.drawn[key]


@register.tag
def steady(parser: Parser, token: Token) -> SteadyNode:
    """`{% steady a b %}…{% endsteady %}`: the piece depends on nothing but the language and the values of a and b.

    Never around a form's token, a person's name or anything else of one request.
    """
    depends = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return SteadyNode(nodelist, depends)


def forget(**_changed: Any) -> None:
    """Draw everything anew, because a setting changed under the pages (tests do that)."""
    for node in _NODES:
        node.drawn.clear()


setting_changed.connect(forget)
