from django.urls import path

from heed.staff.views import group_settings as views

urlpatterns = [
    path("settings/groups/", views.group_questions, name="settings_groups"),
    path("settings/groups/<slug:question>/", views.population, name="settings_population"),
    path("settings/groups/<slug:question>/remove/", views.remove_population, name="remove_population"),
]
