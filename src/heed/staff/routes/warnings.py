from django.urls import path

from heed.staff.views import warnings

urlpatterns = [
    path("insight/warnings/", warnings.warnings, name="warnings"),
    path("insight/warnings/<int:alarm_id>/", warnings.warning, name="warning"),
    path("insight/warnings/<int:alarm_id>/acknowledge/", warnings.acknowledge, name="acknowledge_warning"),
    path("insight/warnings/<int:alarm_id>/snooze/", warnings.snooze, name="snooze_warning"),
    path("insight/warnings/<int:alarm_id>/new-level/", warnings.new_level, name="new_level"),
    path("insight/warnings/<int:alarm_id>/learn/", warnings.learn, name="learn_from_warning"),
    path("insight/warnings/<int:alarm_id>/learned/<int:lesson_id>/", warnings.promise, name="promise_from_warning"),
]
