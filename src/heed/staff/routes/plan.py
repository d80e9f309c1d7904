from django.urls import path

from heed.staff.views import contact, plan

urlpatterns = [
    path("cases/<str:reference>/plan/", plan.plan_and_contact, name="case_plan"),
    path("cases/<str:reference>/plan/agree/", plan.agree, name="agree_plan"),
    path("cases/<str:reference>/plan/extend/", plan.extend, name="extend_date"),
    path("cases/<str:reference>/plan/pause/", plan.pause, name="pause_clock"),
    path("cases/<str:reference>/plan/resume/", plan.resume, name="resume_clock"),
    path("cases/<str:reference>/update/", contact.update, name="send_update"),
    path("cases/<str:reference>/contact/", contact.log, name="log_contact"),
    path("cases/<str:reference>/message/", contact.message, name="send_message"),
    path("cases/<str:reference>/emails/<int:message_id>/again/", contact.send_again, name="send_letter_again"),
    path("cases/<str:reference>/emails/<int:message_id>/otherwise/", contact.told_otherwise, name="told_otherwise"),
]
