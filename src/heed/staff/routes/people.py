from django.urls import path

from heed.staff.views import people as views

urlpatterns = [
    path("cases/<str:reference>/people/<str:part>/", views.describe, name="describe_person"),
    path("cases/<str:reference>/people/<str:part>/reach/", views.wishes, name="change_person"),
    path("cases/<str:reference>/commissioner/", views.commissioner, name="choose_body"),
]
