"""The address plan: hall for residents, desk for staff, board for everyone."""

from django.urls import include, path
from django.views.i18n import set_language

from huiyin.config.health import health

urlpatterns = [
    path("", include("huiyin.hall.urls")),
    path("desk/", include("huiyin.desk.urls")),
    path("board/", include("huiyin.board.urls")),
    path("", include("huiyin.design.urls")),
    path("language/", set_language, name="set_language"),
    path("health/", health, name="health"),
]
handler500 = "huiyin.config.middleware.server_error"
