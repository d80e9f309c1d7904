from django.urls import path

from heed.staff.views import own, practice

urlpatterns = [
    path("insight/practice/", practice.practice, name="good_practice"),
    path("my-figures/", own.my_figures, name="my_figures"),
]
