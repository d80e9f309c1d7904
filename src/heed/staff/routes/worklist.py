from django.urls import path

from heed.staff.views import worklist as views

urlpatterns = [
    path("", views.worklist, name="worklist"),
    path("cases/", views.register_of_cases, name="register_of_cases"),
]
