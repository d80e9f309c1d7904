from django.urls import path

from heed.staff.views import analyses as views
from heed.staff.views import contributions

ONE = "analyses/<int:analysis_id>/"
ASKED = f"{ONE}asked/<int:contribution_id>/"

urlpatterns = [
    path("cases/<str:reference>/learning/decide/", views.decide, name="decide_on_analysis"),
    path("cases/<str:reference>/learning/analysis/", views.begin, name="begin_analysis"),
    path("analyses/", views.analyses, name="analyses"),
    path(ONE, views.analysis, name="analysis"),
    path(f"{ONE}question/", views.question, name="analysis_question"),
    path(f"{ONE}cases/", views.add_case, name="analysis_add_case"),
    path(f"{ONE}cases/<int:case_id>/", views.remove_case, name="analysis_remove_case"),
    path(f"{ONE}work/", views.work, name="analysis_work"),
    path(f"{ONE}factors/<str:factor>/", views.factor, name="analysis_factor"),
    path(f"{ONE}ask-staff/", contributions.ask_staff, name="analysis_ask_staff"),
    path(f"{ONE}ask-person/", contributions.ask_person, name="analysis_ask_person"),
    path(f"{ASKED}words/", contributions.write_down, name="analysis_write_down"),
    path(f"{ASKED}end/", contributions.ask_no_more, name="analysis_ask_no_more"),
    path(f"{ASKED}erase/", contributions.erase, name="analysis_erase"),
    path(f"{ONE}conclude/", views.conclude, name="analysis_conclude"),
    path(f"{ONE}reopen/", views.reopen, name="analysis_reopen"),
    path(f"{ONE}learning/", views.learn, name="analysis_learn"),
    path("questions/", contributions.my_questions, name="my_questions"),
    path("questions/<int:contribution_id>/", contributions.answer_question, name="answer_question"),
]
