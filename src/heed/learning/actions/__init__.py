"""What can be done with what was learned: record it, promise a change, do it, check it, tell the person, publish it."""

from heed.learning.actions.aims import choose_aim
from heed.learning.actions.do import complete, record_check, start
from heed.learning.actions.learn import Origin, learn_from, learn_from_analysis, learn_from_feedback, record_learning
from heed.learning.actions.promise import change_dates, give_to, promise_action
from heed.learning.actions.publish import publish, withdraw

__all__ = [
    "Origin",
    "change_dates",
    "choose_aim",
    "complete",
    "give_to",
    "learn_from",
    "learn_from_analysis",
    "learn_from_feedback",
    "promise_action",
    "publish",
    "record_check",
    "record_learning",
    "start",
    "withdraw",
]
