from django.urls import path

from heed.staff.views import voices

urlpatterns = [
    path("insight/everything/", voices.everything_heard, name="everything_heard"),
    path("insight/everything.csv", voices.everything_heard_csv, name="everything_heard_csv"),
    path("insight/voices/", voices.voices, name="voices"),
    path("insight/voices/record/", voices.record_voice, name="record_voice"),
    path("insight/voices/bring-in/", voices.bring_in_voices, name="bring_in_voices"),
    path("insight/voices/subjects/", voices.say_subjects, name="say_subjects"),
    path("insight/voices/<int:voice_id>/take-back/", voices.take_back_voice, name="take_back_voice"),
    path("insight/voices/files/<int:batch_id>/take-back/", voices.take_back_voices, name="take_back_voices"),
]
