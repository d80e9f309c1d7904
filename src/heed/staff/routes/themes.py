from django.urls import path

from heed.staff.views import themes

urlpatterns = [
    path("insight/themes/", themes.overview, name="themes"),
    path("insight/themes/suggestions/", themes.suggestions, name="theme_suggestions"),
    path("insight/themes/<int:theme>/", themes.theme, name="theme"),
]
