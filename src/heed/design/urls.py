"""`include("heed.design.urls")` at the root of the addresses."""

from django.urls import path

from heed.design import views

app_name = "design"
urlpatterns = [
    path("theme/<str:name>.css", views.theme, name="theme"),
]
