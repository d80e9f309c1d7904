"""What can be done with what was learned: record it, promise a change, do it, check it, tell the person, publish it."""

from heed.learning.actions.aims import choose_aim
from heed.learning.actions.do import cannot, show_done, start
from heed.learning.actions.learn import Origin, learn_from, learn_from_analysis, learn_from_feedback, record_learning
from heed.learning.actions.look import record_check
from heed.learning.actions.outside import Answer, answer, send_owner_link, withdraw_owner_link
from heed.learning.actions.own import give_to
from heed.learning.actions.part import choose_part, say_satisfied
from heed.learning.actions.promise import change_dates, promise_action
from heed.learning.actions.wait import wait_for, wait_no_more

__all__ = [
    "Answer",
    "Origin",
    "answer",
    "cannot",
    "change_dates",
    "choose_aim",
    "choose_part",
    "give_to",
    "learn_from",
    "learn_from_analysis",
    "learn_from_feedback",
    "promise_action",
    "record_check",
    "record_learning",
    "say_satisfied",
    "send_owner_link",
    "show_done",
    "start",
    "wait_for",
    "wait_no_more",
    "withdraw_owner_link",
]
