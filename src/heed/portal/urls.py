"""The public's addresses. Nothing in them says who somebody is: a case is followed under a random word that means
something to one browser only. The routes of the demonstration are absent outside it."""

from django.conf import settings
from django.urls import path

from heed.portal.views import (
    about_you,
    changed,
    contact,
    demo,
    files,
    follow,
    front,
    information,
    links,
    message,
    next_stage,
    organisation,
    sent,
    sign_in,
    stories,
    surveys,
    tell_us,
)

demonstration = [
    path("demo/step-in/", demo.step_in, name="demo_step_in"),
    path("mailbox/", demo.mailbox, name="mailbox"),
    path("mailbox/<int:item>/", demo.mailbox_item, name="mailbox_item"),
]

urlpatterns = [
    path("", front.front, name="front"),
    path("accessibility/", information.accessibility, name="accessibility"),
    path("privacy/", information.privacy, name="privacy"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    *(demonstration if settings.DEMO else []),
    path("<slug:organisation>/", organisation.page, name="organisation"),
    path("<slug:organisation>/what-changed/", changed.page, name="changed"),
    path("<slug:organisation>/what-changed/feed/", changed.feed, name="changed_feed"),
    path("<slug:organisation>/what-changed/poster/", changed.poster, name="changed_poster"),
    path("<slug:organisation>/what-changed/poster.pdf", changed.poster_file, name="changed_poster_file"),
    path("<slug:organisation>/what-changed/stories/<str:token>/", changed.story, name="changed_story"),
    path("<slug:organisation>/what-changed/<str:token>/", changed.line, name="changed_line"),
    path("<slug:organisation>/tell-us/", tell_us.start, name="tell_us"),
    path("<slug:organisation>/tell-us/elsewhere/", tell_us.elsewhere, name="tell_us_elsewhere"),
    path("<slug:organisation>/tell-us/start-again/", tell_us.start_again, name="tell_us_start_again"),
    path("<slug:organisation>/tell-us/files/", files.files, name="tell_us_files"),
    path("<slug:organisation>/tell-us/check/", sent.check, name="tell_us_check"),
    path("<slug:organisation>/tell-us/sent/", sent.sent, name="tell_us_sent"),
    path("<slug:organisation>/tell-us/about-you/", about_you.after_sending, name="tell_us_about_you"),
    path("<slug:organisation>/tell-us/<slug:step>/", tell_us.step, name="tell_us_step"),
    path("<slug:organisation>/link/<str:link>/", links.open_link, name="open_link"),
    path("<slug:organisation>/link/<str:link>/code/", links.code, name="link_code"),
    path("<slug:organisation>/asked/thanks/", links.thanks, name="asked_thanks"),
    path("<slug:organisation>/asked/<str:word>/how-was-it/", surveys.by_link, name="asked_survey"),
    path("<slug:organisation>/how-was-it/thanks/", surveys.thanks, name="survey_thanks"),
    path("<slug:organisation>/how-was-it/not-again/", surveys.refused, name="survey_refused"),
    path("<slug:organisation>/listening/<slug:code>/", surveys.campaign, name="campaign"),
    path("<slug:organisation>/follow/", follow.enter, name="follow"),
    path("<slug:organisation>/follow/<str:grant>/", follow.page, name="follow_page"),
    path("<slug:organisation>/follow/<str:grant>/leave/", follow.leave, name="follow_leave"),
    path("<slug:organisation>/follow/<str:grant>/answer/<int:number>/", follow.answer, name="follow_answer"),
    path("<slug:organisation>/follow/<str:grant>/file/<str:token>/", follow.file, name="follow_file"),
    path("<slug:organisation>/follow/<str:grant>/about-you/", about_you.of_case, name="follow_about_you"),
    path("<slug:organisation>/follow/<str:grant>/how-was-it/", surveys.of_case, name="follow_survey"),
    path("<slug:organisation>/follow/<str:grant>/message/", message.write, name="follow_message"),
    path("<slug:organisation>/follow/<str:grant>/next-stage/", next_stage.ask, name="follow_next_stage"),
    path("<slug:organisation>/follow/<str:grant>/contact/", contact.change, name="follow_contact"),
    path("<slug:organisation>/follow/<str:grant>/hear/", stories.hear, name="follow_hear"),
    path("<slug:organisation>/follow/<str:grant>/story/", stories.tell, name="follow_story"),
    path(
        "<slug:organisation>/follow/<str:grant>/story/<int:piece_id>/take-back/",
        stories.withdraw,
        name="take_story_back",
    ),
]
