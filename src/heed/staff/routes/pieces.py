from django.urls import path

from heed.staff.views import briefing, others, piece_steps, pieces, shared

PIECE = "learning/pieces/<int:piece_id>/"

urlpatterns = [
    path("learning/", pieces.begin, name="learning"),
    path("learning/lines/", pieces.listed, {"kind": "line"}, name="lines"),
    path("learning/lines/new/", pieces.new, {"kind": "line"}, name="new_line"),
    path("learning/stories/", pieces.listed, {"kind": "story"}, name="stories"),
    path("learning/stories/new/", pieces.new, {"kind": "story"}, name="new_story"),
    path("learning/briefings/", pieces.listed, {"kind": "briefing"}, name="briefings"),
    path("learning/briefings/new/", pieces.new, {"kind": "briefing"}, name="new_briefing"),
    path(PIECE, pieces.piece, name="piece"),
    path(f"{PIECE}write/", pieces.reworded, name="reword_piece"),
    path(f"{PIECE}look/", piece_steps.look, name="look_at_piece"),
    path(f"{PIECE}ask/", piece_steps.ask, name="ask_for_piece"),
    path(f"{PIECE}approve/", piece_steps.approve, name="approve_piece"),
    path(f"{PIECE}send-back/", piece_steps.send_back, name="send_piece_back"),
    path(f"{PIECE}take-down/", piece_steps.withdraw, name="withdraw_piece"),
    path(f"{PIECE}holds/", piece_steps.holds, name="piece_holds"),
    path(f"{PIECE}share/", piece_steps.share, name="share_piece"),
    path(f"{PIECE}consent/", piece_steps.consent, name="story_consent"),
    path(f"{PIECE}consent/withdraw/", piece_steps.withdraw_consent, name="withdraw_story_consent"),
    path(f"{PIECE}use/", piece_steps.use, name="use_story"),
    path(f"{PIECE}others/", others.others, name="tell_others"),
    path(f"{PIECE}print/", briefing.printed, name="briefing"),
    path(f"{PIECE}briefing.<str:shape>", briefing.file, name="briefing_file"),
    path(f"{PIECE}bulletin.<str:shape>", briefing.bulletin_file, name="bulletin_file"),
    path("learning/shared/", shared.library, name="shared"),
    path("learning/shared/<slug:shared_token>/", shared.one, name="shared_piece"),
    path("learning/shared/<slug:shared_token>/learn/", shared.learn, name="learn_from_shared"),
]
