from django.urls import path

from heed.staff.views import themes

urlpatterns = [
    path("insight/themes/suggestions/", themes.suggestions, name="theme_suggestions"),
]
