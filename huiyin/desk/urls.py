"""Addresses of the desk."""

from django.urls import path

from huiyin.desk.gate import staff
from huiyin.desk.views import (
    acts,
    box,
    dossier,
    files,
    letters,
    register,
    searching,
    session,
    suggestions,
    upkeep,
    workbench,
)

app_name = "desk"
urlpatterns = [
    path("login/", session.login, name="login"),
    path("logout/", session.logout, name="logout"),
    path("password/", staff(session.Password.as_view()), name="password"),
    path("", workbench.home, name="home"),
    path("search/", searching.search, name="search"),
    path("filters/", workbench.filters, name="filters"),
    path("several/", workbench.several, name="several"),
    path("sheets/", dossier.sheets, name="sheets"),
    path("register/", register.register, name="register"),
    path("register/places/", register.places, name="places"),
    path("register/same-phone/", register.same_phone, name="same_phone"),
    path("register/suggested/", register.suggested, name="suggested"),
    path("register/similar/", register.similar, name="similar"),
    path("box/", box.boxes, name="box"),
    path("box/<int:pk>/", box.slips, name="box_slips"),
    path("appeal/<int:pk>/", dossier.appeal, name="appeal"),
    path("appeal/<int:pk>/alike/", searching.alike, name="alike"),
    path("appeal/<int:pk>/receipt/", dossier.receipt, name="receipt"),
    path("appeal/<int:pk>/sheet/", dossier.sheet, name="sheet"),
    path("appeal/<int:pk>/contact/", dossier.reveal, name="reveal"),
    path("appeal/<int:pk>/do/<slug:verb>/", acts.act, name="act"),
    path("file/<int:pk>/", files.file, name="file"),
    path("messages/", letters.messages_to_me, name="messages"),
    path("to-tell/", letters.to_tell, name="to_tell"),
    path("to-tell/<int:pk>/", letters.tell, name="tell"),
    path("stuck/", upkeep.stuck, name="stuck"),
    path("rules/", upkeep.rules, name="rules"),
    path("suggestions/", suggestions.figures, name="suggestions"),
    path("calendar/", upkeep.calendar, name="calendar"),
]
