from django.urls import path

from heed.staff.views import log as views

urlpatterns = [
    path("log/", views.log_feedback, name="log_feedback"),
    path("cases/<str:reference>/record/", views.written_record, name="written_record"),
]
