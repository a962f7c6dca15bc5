"""Addresses of the hall."""

from django.urls import path

from huiyin.hall.views import acts, follow, home, say

app_name = "hall"
urlpatterns = [
    path("", home.home, name="home"),
    path("community/", home.community, name="community"),
    path("help/", home.how, name="help"),
    path("say/", say.say, name="say"),
    path("say/places/", say.places, name="places"),
    path("say/alike/", say.alike, name="alike"),
    path("receipt/<slug:number>/", say.receipt, name="receipt"),
    path("track/", follow.track, name="track"),
    path("track/<slug:number>/", follow.follow, name="follow"),
    path("track/<slug:number>/supply/", acts.supply, name="supply"),
    path("track/<slug:number>/rate/", acts.rate, name="rate"),
    path("track/<slug:number>/withdraw/", acts.withdraw, name="withdraw"),
    path("file/<int:pk>/", follow.file, name="file"),
    path("forget/", follow.forget, name="forget"),
]
