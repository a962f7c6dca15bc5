"""Addresses of the board: first what everyone reads, then what staff prepare and look at."""

from django.urls import path

from huiyin.board.views import hotspots, leader, ledger, preparing, public, releasing

app_name = "board"
urlpatterns = [
    path("", public.home, name="home"),
    path("notice/<int:pk>/", public.notice, name="notice"),
    path("week/", public.week, name="week"),
    path("photo/<int:pk>/", public.photo, name="photo"),
    path("figures/", public.figures, name="figures"),
    path("check/", public.check, name="check"),
    path("staff/", preparing.waiting, name="waiting"),
    path("staff/<int:pk>/prepare/", preparing.prepare, name="prepare"),
    path("staff/<int:pk>/cover/<int:original>/", preparing.cover, name="cover"),
    path("staff/<int:pk>/release/", releasing.release, name="release"),
    path("staff/photo/<int:pk>/", preparing.photo, name="staff_photo"),
    path("staff/figures/", leader.figures, name="figures_staff"),
    path("staff/figures/rows/", leader.rows, name="rows"),
    path("staff/hotspots/", hotspots.hotspots, name="hotspots"),
    path("staff/hotspots/<int:pk>/", hotspots.hotspot, name="hotspot"),
    path("staff/ledger/", ledger.ledger, name="ledger"),
]
