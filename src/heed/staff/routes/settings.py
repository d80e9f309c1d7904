from django.urls import path

from heed.staff.views import settings as views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/people/", views.people, name="settings_people"),
    path("settings/people/<int:person_id>/", views.person, name="settings_person"),
    path("settings/roles/<int:membership_id>/take/", views.take_role, name="take_role"),
    path("settings/services/", views.services, name="settings_services"),
    path("settings/services/<int:service_id>/", views.service, name="settings_service"),
    path("settings/closures/", views.closures, name="settings_closures"),
    path("settings/closures/<int:closure_id>/open/", views.open_day, name="open_day"),
    path("settings/risk/", views.matrix, name="settings_matrix"),
    path("settings/look/", views.look, name="settings_look"),
    path("settings/contact/", views.contact, name="settings_contact"),
    path("settings/early-warnings/", views.warning, name="settings_warning"),
]
