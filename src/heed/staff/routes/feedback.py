from django.urls import path

from heed.staff.views import feedback as views

urlpatterns = [
    path("feedback/", views.feedback_list, name="feedback_list"),
    path("feedback/<str:reference>/", views.feedback, name="feedback"),
    path("feedback/<str:reference>/pass-on/", views.pass_on_feedback, name="pass_on_feedback"),
    path("feedback/<str:reference>/complaint/", views.take_for_complaint, name="take_for_complaint"),
    path("feedback/<str:reference>/files/<str:token>/", views.feedback_file, name="feedback_file"),
]
