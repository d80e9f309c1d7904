from django.urls import path

from heed.staff.views import library as views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/add/", views.learn_elsewhere, name="learn_elsewhere"),
    path("library/<int:point_id>/", views.point, name="learning_point"),
    path("library/<int:point_id>/words/", views.reword, name="reword_point"),
    path("library/<int:point_id>/link/", views.link, name="link_point"),
    path("library/<int:point_id>/links/<int:link_id>/", views.unlink, name="unlink_point"),
    path("library/<int:point_id>/again/", views.again, name="learn_again"),
    path("library/<int:point_id>/action/", views.promise, name="promise_from_point"),
    path("feedback/<str:reference>/learning/", views.feedback_learn, name="feedback_learn"),
]
