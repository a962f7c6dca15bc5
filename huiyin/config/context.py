"""What every page knows: the district's name, the actor, the elder mode, unread messages."""

from django.http import HttpRequest

from huiyin import __version__
from huiyin.kernel.held import Held
from huiyin.people.actors import NOBODY, Actor
from huiyin.territory.models import Area

_DISTRICT = Held(lambda: Area.objects.filter(kind=Area.Kind.DISTRICT).values_list("name", flat=True).first() or "")


def site(request: HttpRequest) -> dict[str, object]:
    """Names and switches of the frame around each page."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return {
        "actor": actor,
        "site_name": _DISTRICT.get(),
        "is_elder": request.COOKIES.get("elder") == "1",
        "version": __version__,
    }
