"""What a step looks like as a whole: whether somebody could picture it, or whether it says too much, or what is past. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# Words that sound like much; several of them in one action leave nobody knowing what will be done.
GRAND = re.compile(
    r"\b(?:robust\w*|holistic\w*|strategic\w*|frameworks?|governance|assurance|triangulat\w*|embed\w*|\w+-cent(?:red|ric)|"
    r"\w+-informed|whole[- ]systems?|system[- ]wide|synerg\w*|leverag\w*|landscapes?|stakeholders?|co-?produc\w*|"
    r"partnerships?|transformati\w*|collaborati\w*|seamless\w*|joined[- ]up|best practice|workstreams?|cross-cutting|"
    r"excellence|ethos|empower\w*|resilien\w*|sustainab\w*|innovati\w*|aligned|alignment|agile|agenda|vision|pillars?|"
    r"world-class|high[- ]quality|mechanisms?|enablers?|optimis\w*|oversight)\b",
    re.IGNORECASE,
)
MANY_GRAND = 4
# How a part of a step begins that says another thing to do.
DOING = re.compile(
    r"^(?:and |then |also )*(?:re-?)?(?:review|train|look at|update|talk|speak|write|introduce|develop|design|improve|better|"
    r"create|revise|recruit|produce|implement|consider|agree|set up|arrange|check|send|audit|launch|buy|hold|roll out|"
    r"a refresh|refresh|more|increase|reduce|simplify|publish|appoint|explore|invest|issue|change|meet|share|remind|monitor)\b",
    re.IGNORECASE,
)
MOST_AT_ONCE = 3
# In what may be short parts, a row of them says several things at once.
A_ROW, LONGEST_PART = 5, 8
# What makes a step a picture: something that hands do, a moment, a number, a thing. With none or one of them nobody sees it.
HANDS = re.compile(
    r"\b(?:re-?)?(?:add|replac|ring|rang|phon|telephon|print|put|mov|send|sent|book|writ|wrot|sign|fit|fitt|install|check|count|"
    r"refund|pay|paid|stop|chang|publish|label|lock|refus|record|hand|post|cancel|withdr|rewrit|issu|shred|swap|ask|read|watch|log|"
    r"list|nam|open|clos|test|buy|bought|train|giv|gave|offer|set|hold|held|call|visit|repair|clean|remov|mark|photograph|sampl|"
    r"drop|switch|block|appear|carr|stand|hang|lead|display|pilot|show|tick|fill|complet|text|email|deliver|collect|stor|leav|"
    r"left|brief|weigh|return|releas|split|merg|rout|flag|decid|shar|tell|told|speak|spok|talk|"
    r"translat|interpret|measur|serv|bring|brought|tak|took|meet|met)"
    r"(?:s|es|ed|ing|ting|ning|ping|ten|n|d|e|able|awn|y|ies|ied)?\b",
    re.IGNORECASE,
)
MOMENT = re.compile(
    r"\b(?:from|by|each|every|before|after|when|until|till|weekly|monthly|daily|quarterly|same day|within|once|without|"
    r"at the end|on the day|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|"
    r"september|october|november|december|a (?:day|week|month|quarter)|next (?:working )?day)\b",
    re.IGNORECASE,
)
AMOUNT = re.compile(
    r"[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|half|second|both)\b",
    re.IGNORECASE,
)
THING = re.compile(
    r"\b(?:form|letter|sheet|check-?list|sign|system|box|boxe|field|template|list|log|card|label|phone|script|door|key|desk|note|"
    r"record|page|web ?site|tablet|greeting|calendar|diary|rota|chair|rail|handrail|light|lamp|bell|alarm|bin|notice|leaflet|"
    r"summary|message|code|SOP|policy|room|store|cage|slot|appointment|payment|report|stock|kit|trolley|hoist|drive|queue|line|"
    r"audio|interpreter|course|template|portal|screen|whiteboard|board|app|spreadsheet|register|inbox|mailbox|folder|envelope|"
    r"stamp|wristband|band|tag|chart|plan|question|box|van|bed|ramp|lift|window|table|machine|camera|printer|bag|tray|print|"
    r"application|invoice|account|contract|map|timetable|bus|taxi)s?\b",
    re.IGNORECASE,
)
FEWEST_IN_A_PICTURE = 2
# What happened, told of somebody or something, and what tells that a step looks ahead after all.
BACK = re.compile(
    r"^(?:(?!\b(?:that|which|who|what|where|when|if|whose)\b)[^.,;]){0,80}?\b(?:was|were)\b"
    r"|^(?:the|a|an|there|this|it|they|we|he|she|his|her|their|our|nobody|no one|some|many|several)\b"
    r"(?:(?!\b(?:that|which|who|what|where|when|if|whose)\b)[^.,;]){0,80}?\b(?:was|were|had|did|didn.?t|came|took|failed|waited|"
    r"went|could not|couldn.?t|should have)\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:will|shall|must|from (?:now|today|[0-9]|january|february|march|april|may|june|july|august|september|october|"
    r"november|december)|each|every|now|cannot|to be|are to|is to|has to|have to|starts?|begins?)\b",
    re.IGNORECASE,
)


def is_grand(step: str) -> bool:
    """Whether it is made of words that sound like much."""
    return len({word.lower() for word in GRAND.findall(step)}) >= MANY_GRAND


def is_several(step: str) -> bool:
    """Whether it says several things to do: by their verbs, or because it is a row of short parts."""
    parts = [part.strip() for part in re.split(r"[,;+&]| and ", step)]
    if sum(bool(DOING.match(part)) for part in parts) > MOST_AT_ONCE:
        return True
    return ":" not in step and len(parts) >= A_ROW and all(len(part.split()) <= LONGEST_PART for part in parts)


def is_past(step: str) -> bool:
    """Whether it tells what happened, and nothing of what will."""
    return bool(BACK.search(step)) and not AHEAD.search(step)


def is_no_picture(step: str) -> bool:
    """Whether at most one of these is said: what hands do (two things count twice), a moment, an amount, a thing."""
    said = sum(bool(look.search(step)) for look in (MOMENT, AMOUNT, THING)) + min(
        2, len(set(HANDS.findall(step.lower())))
    )
    return said < FEWEST_IN_A_PICTURE


@dataclass(frozen=True)
class Look:
    """What is asked of a step as a whole."""

    code: str
    is_it: Callable[[str], bool]
    sentence: str
    example: str


# The first that fits is asked, unless a phrase was.
WHOLE = (
    Look(
        "grand", is_grand,
        "Somebody who does not work here could not tell what will be done. Who does what, and where could they watch it?",
        "Say it as to a new colleague: on which day they do what, from {start} on, and with whom.",
    ),
    Look(
        "several", is_several,
        "These are several actions in one. Each needs its own owner and its own day, or nobody can say when it is done.",
        "Promise the one that would have helped this person, and each of the others as an action of its own.",
    ),
    Look(
        "past", is_past,
        "This says what happened. What will be done from now on?",
        "From {start}, {owner} does one named thing, so that it does not come to this.",
    ),
)  # fmt: skip
# Asked where nothing else was asked of the step.
PICTURE = Look(
    "picture", is_no_picture,
    "Nobody could picture this yet. Who does what with which thing, at which moment?",
    "From {start}, {owner} does it each time that it comes up, with one form or list on which anybody can see it.",
)  # fmt: skip
