from django.urls import path

from heed.staff.views import compare as views

urlpatterns = [
    path("insight/compare/", views.compare, name="compare_services"),
    path("insight/compare/figures.csv", views.compare_csv, name="compare_services_csv"),
]
