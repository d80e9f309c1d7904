from django.urls import path

from heed.staff.views import action, action_owner, action_plan, learning

urlpatterns = [
    path("cases/<str:reference>/learning/", learning.case_learning, name="case_learning"),
    path("cases/<str:reference>/learning/add/", learning.record, name="record_learning"),
    path("cases/<str:reference>/learning/plan/", action_plan.action_plan, name="action_plan"),
    path("cases/<str:reference>/learning/part/", learning.part, name="person_part"),
    path("cases/<str:reference>/learning/<int:point_id>/action/", learning.promise, name="promise_action"),
    path("actions/", action.actions, name="actions"),
    path("actions/<int:action_id>/", action.action, name="action"),
    path("actions/<int:action_id>/start/", action.start, name="start_action"),
    path("actions/<int:action_id>/done/", action.done, name="show_action_done"),
    path("actions/<int:action_id>/progress/", action.progress, name="review_action"),
    path("actions/<int:action_id>/cannot/", action.cannot, name="cannot_do_action"),
    path("actions/<int:action_id>/wait/", action.wait, name="action_waits"),
    path("actions/<int:action_id>/wait/<int:other_id>/", action.go_on, name="action_waits_no_more"),
    path("actions/<int:action_id>/check/", action.check, name="check_action"),
    path("actions/<int:action_id>/dates/", action.dates, name="change_action_dates"),
    path("actions/<int:action_id>/owner/", action_owner.owner, name="change_action_owner"),
    path("actions/<int:action_id>/link/", action_owner.send_link, name="send_owner_link"),
    path("actions/<int:action_id>/link/withdraw/", action_owner.withdraw_link, name="withdraw_owner_link"),
    path("actions/<int:action_id>/files/<str:token>/", action.evidence_file, name="action_file"),
]
