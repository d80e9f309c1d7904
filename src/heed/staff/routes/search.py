from django.urls import path

from heed.staff.views import search as views

urlpatterns = [path("search/", views.search, name="search")]
