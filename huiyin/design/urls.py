"""Addresses of the look: the elder-mode switch and the living page."""

from django.urls import path

from huiyin.design import views

app_name = "design"
urlpatterns = [
    path("elder/", views.elder, name="elder"),
    path("_parts/", views.parts, name="parts"),
]
