from django.urls import path

from heed.staff.views import activity as views

urlpatterns = [
    path("settings/activity/", views.activity, name="settings_activity"),
    path("settings/activity/kind/", views.activity_kind, name="settings_activity_kind"),
    path("settings/activity/table/", views.bring_in_activity, name="settings_activity_table"),
    path("settings/activity/changes/<int:change_id>/undo/", views.undo_activity, name="undo_activity"),
]
