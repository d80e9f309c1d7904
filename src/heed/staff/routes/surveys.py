from django.urls import path

from heed.staff.views import experience, surveys

urlpatterns = [
    path("insight/experience/", experience.figures, name="experience"),
    path("insight/experience/how-it-was.csv", experience.figures_file, name="experience_file"),
    path("insight/experience/words/", experience.words, name="survey_words"),
    path("insight/experience/asking/", surveys.overview, name="survey_asking"),
    path("insight/experience/asking/begin/", surveys.begin, name="begin_asking"),
    path("insight/experience/asking/<int:request_id>/letter/", surveys.letter, name="survey_letter"),
    path("insight/experience/asking/<int:request_id>/enter/", surveys.enter, name="enter_survey"),
    path("insight/experience/asking/cases/<str:reference>/", surveys.ask_them, name="ask_them"),
    path("insight/experience/asking/delete/", surveys.erase, name="erase_survey_answers"),
    path("insight/experience/campaigns/new/", surveys.new_campaign, name="new_campaign"),
    path("insight/experience/campaigns/<int:campaign_id>/end/", surveys.end_campaign, name="end_campaign"),
    path("how-is-it/", surveys.own, name="own_surveys"),
    path("how-is-it/<int:request_id>/", surveys.answer_own, name="answer_own_survey"),
]
