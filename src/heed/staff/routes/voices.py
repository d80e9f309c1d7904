from django.urls import path

from heed.staff.views import voices

urlpatterns = [
    path("insight/everything/", voices.everything_heard, name="everything_heard"),
    path("insight/everything.csv", voices.everything_heard_csv, name="everything_heard_csv"),
    path("insight/everything/voices/", voices.voices, name="voices"),
    path("insight/everything/voices/record/", voices.record_voice, name="record_voice"),
    path("insight/everything/voices/bring-in/", voices.bring_in_voices, name="bring_in_voices"),
    path("insight/everything/voices/subjects/", voices.say_subjects, name="say_subjects"),
    path("insight/everything/voices/<int:voice_id>/take-back/", voices.take_back_voice, name="take_back_voice"),
    path("insight/everything/voices/<int:voice_id>/learning/", voices.learn_from_voice, name="learn_from_voice"),
    path("insight/everything/voices/files/<int:batch_id>/take-back/", voices.take_back_voices, name="take_back_voices"),
]
