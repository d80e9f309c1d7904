from django.urls import path

from heed.staff.views import case as views

urlpatterns = [
    path("cases/<str:reference>/", views.case, name="case"),
    path("cases/<str:reference>/history/", views.case_history, name="case_history"),
    path("cases/<str:reference>/files/<str:token>/", views.case_file, name="case_file"),
]
