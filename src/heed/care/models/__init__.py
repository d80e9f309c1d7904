"""What is kept of the people who handle complaints. Nothing here leads to a case by a key, and no fact, search entry,
figure or report is made of it (R140, R147)."""

from heed.care.models.network import Post, PostReport
from heed.care.models.people import Asking, Capacity, CareThread, Skill
from heed.care.models.support import StaffSupport, SupportUpdate
from heed.care.models.talks import Reflection, Supervision, Talk, TalkNote
from heed.care.models.training import Course, Training, TrainingReminder

__all__ = [
    "Asking",
    "Capacity",
    "CareThread",
    "Course",
    "Post",
    "PostReport",
    "Reflection",
    "Skill",
    "StaffSupport",
    "Supervision",
    "SupportUpdate",
    "Talk",
    "TalkNote",
    "Training",
    "TrainingReminder",
]
