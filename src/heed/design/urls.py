"""`include("heed.design.urls")` at the root of the addresses."""

from django.urls import path

from heed.design import gallery, views

app_name = "design"
urlpatterns = [
    path("theme/<str:name>.css", views.theme, name="theme"),
    path("design/", gallery.gallery, name="gallery"),
    path("design/<slug:page>/", gallery.gallery, name="gallery_page"),
]
