"""What arrives, and the people behind it. Person, narrative and fact are apart, so that one can be erased alone."""

from heed.feedback.models.about_you import AboutYouAnswer
from heed.feedback.models.drafts import Attempt, Draft, DraftFile
from heed.feedback.models.received import Batch, Feedback, FeedbackFile, Narrative, Person
from heed.feedback.models.surveys import (
    Campaign,
    SurveyRefusal,
    SurveyReply,
    SurveyRequest,
    SurveySettings,
    SurveyWords,
)
from heed.feedback.models.voices import Voice, VoiceWords

__all__ = [
    "AboutYouAnswer",
    "Attempt",
    "Batch",
    "Campaign",
    "Draft",
    "DraftFile",
    "Feedback",
    "FeedbackFile",
    "Narrative",
    "Person",
    "SurveyRefusal",
    "SurveyReply",
    "SurveyRequest",
    "SurveySettings",
    "SurveyWords",
    "Voice",
    "VoiceWords",
]
