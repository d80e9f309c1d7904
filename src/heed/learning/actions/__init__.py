"""What can be done with what was learned: record it, promise a change, do it, check it, tell the person, publish it."""

from heed.learning.actions.aims import choose_aim
from heed.learning.actions.do import cannot, show_done, start
from heed.learning.actions.learn import Origin, learn_from, learn_from_analysis, learn_from_feedback, record_learning
from heed.learning.actions.look import record_check
from heed.learning.actions.own import give_to
from heed.learning.actions.promise import change_dates, promise_action
from heed.learning.actions.wait import wait_for, wait_no_more

__all__ = [
    "Origin",
    "cannot",
    "change_dates",
    "choose_aim",
    "give_to",
    "learn_from",
    "learn_from_analysis",
    "learn_from_feedback",
    "promise_action",
    "record_check",
    "record_learning",
    "show_done",
    "start",
    "wait_for",
    "wait_no_more",
]
