"""The words that ask for more in a promised action, and what is asked. Data for `smart`; few and general on purpose."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """Words that ask for more. `about` in the pattern is what the example is made of."""

    code: str
    letter: str
    pattern: re.Pattern[str]
    sentence: str
    example: str


def phrase(code: str, letter: str, pattern: str, sentence: str, example: str) -> Phrase:
    return Phrase(code, letter, re.compile(pattern, re.IGNORECASE), sentence, example)


WHO = (
    r"(?:staff|colleagues?|teams?|nurses?|doctors?|officers?|clinicians?|managers?|employees?|practitioners?|workers?|"
    r"everyone|crews?|handlers?)"
)
# Whoever has to be sent what is done: telling them is the step itself, and no lesson that is passed around.
TO_THEM = (
    r"(?![^.]*\b(?:with|to)\b[^.]*\b(?:ombudsman|ombudsmen|regulators?|commission(?:ers?)?|cqc|inspectorate|nhs england|"
    r"complainants?|famil(?:y|ies)|mr|mrs|miss|ms|mx)\b)"
)
# Of the step: the first that is found is asked, because one thing at a time is enough.
STEP: tuple[Phrase, ...] = (
    phrase(
        "reminded", "S",
        rf"\b{WHO}\b[^.]*\breminded\b(?:\s+(?:of|about|to|that))?(?:\s+the importance of)?(?P<about>[^.]*)"
        rf"|\bremind(?:ing)?\b[^.]*\b{WHO}\b(?:\s+(?:of|about|to|that))?(?:\s+the importance of)?(?P<about2>[^.]*)",
        "A reminder fades within weeks, and nobody can see whether it worked. What will make it easy to do the right "
        "thing, and hard to forget it?",
        "Make “{about}” a line of the form, checklist or system that is used each time, and look at ten records a week "
        "until {finish}.",
    ),
    phrase(
        "person", "S",
        r"\b(?:speak|talk|spoken|talked)\s+(?:to|with)\s+the\s+(?:member|nurse|doctor|officer|person|individual|worker)"
        r"|\breflect(?:ed|s|ion)?\b|\b(?:nurse|doctor|officer|member of staff|worker)\s+(?:involved|concerned)\b",
        "This mends one person. What made it likely would meet the next one too: time, layout, instructions, numbers of "
        "staff. What of that will change?",
        "Change what made it likely: who does what, at which moment, from {start} on, whoever is on duty.",
    ),
    phrase(
        "awareness", "S",
        r"\b(?:raise|raising|increase|improve|promote)\s+(?:staff\s+)?awareness(?:\s+(?:of|about))?(?P<about>[^.]*)",
        "Awareness cannot be seen. What will people do that they did not do before?",
        "From {start}, {owner} has “{about}” done at one fixed moment, and counts each week how often it was.",
    ),
    phrase(
        "shared", "S",
        r"\b(?:lessons?|learning|findings?|e-?mails?|memo|bulletin)\b[^.]*\b(?:shared|circulated|disseminated|cascaded|"
        rf"highlight\w*|discussed)\b{TO_THEM}(?P<about>)"
        rf"|\b(?:share|circulate|disseminate|cascade|discuss)\b{TO_THEM}(?P<about2>[^.]*)",
        "Telling people is a beginning. What will be done differently once they know?",
        "Say what is new in the work itself: who does what, from {start} on, and where it is written down.",
    ),
    phrase(
        "plan", "S",
        r"\b(?:create|produce|write|prepare|draw up|develop|agree|make|complete)\b[^.]*\baction plan\b",
        "A plan is not yet a change. What stands in it: who does what otherwise, from which day on?",
        "Promise each change as an action of its own. “Print the action plan” on the page of the case makes the plan of them, "
        "to send.",
    ),
    phrase(
        "perhaps", "S",
        r"\b(?:consider|explore|look(?:ing)? (?:into|at whether)|investigate whether)\b(?P<about>[^.]*)",
        "This promises to think. What will be decided, by whom and by when, and what follows if the answer is yes?",
        "By {finish}, {owner} decides{about}, and writes down what is done from then on.",
    ),
    phrase(
        "watching", "S",
        r"^(?:we will |to )?(?:continue to |keep )?(?:closely )?monitor\b(?P<about>[^.]*)"
        r"|\b(?:kept?|keep) under review\b|\bcontinue to\b(?P<about2>[^.]*)"
        r"|\baudits? (?:to|will) be (?:undertaken|carried out|completed)\b",
        "Watching changes nothing by itself. What will be changed, and what is done if what you see is not good?",
        "Choose a number that you would not accept. When it is passed, {owner} does one named thing within a week.",
    ),
    phrase(
        "review", "S",
        r"^(?:we will |to )?review(?:ing)?\b(?P<about>[^,.;]*)[.]?$",
        "A review can end without any change. What will be different when it has been reviewed?",
        "By {finish}, {owner} reads “{about}” with two people who work by it and one who lives with it, and puts the new "
        "version in use.",
    ),
    phrase(
        "wish", "S",
        r"^(?:we will |to )?(?:ensure|make sure|improve|enhance|strengthen|encourage|promote|support|develop|work with)\b"
        r"(?P<about>[^.]*)",
        "This says what you want, not what will be done. Who will do what, at which moment, so that it comes about?",
        "From {start}, {owner} does one thing each time that anybody could watch, so that it comes to this: “{about}”.",
    ),
    phrase(
        "training", "S",
        r"\b(?:training|sessions?)\b[^.]*\b(?:provided|delivered|offered|arranged|given)\b",
        "Who is trained in what, how many are they, and how will you know that they can do it?",
        "By {finish}, {owner} trains all who do this work, by name, and each works through one case and gets it right.",
    ),
    phrase(
        "available", "S",
        r"\b(?:accessible|available)\s+to\s+(?:all\s+)?" + WHO,
        "What lies ready is not yet used. What will bring people to it at the moment when they need it?",
        "From {start}, the form asks for it each time and cannot be closed without it.",
    ),
)  # fmt: skip
# Of everything that is written.
ANYWHERE: tuple[Phrase, ...] = (
    phrase(
        "no_end", "T",
        r"\b(?:on-?going|continuous(?:ly)?|on an? (?:on-?going|regular) basis|going forward|for the foreseeable)\b",
        "“{found}” has no end, so nobody can say that it was done. What is done by {finish}, and what is looked at after?",
        "By {finish} it has been done ten times and was right each time. After that {owner} looks once a quarter.",
    ),
    phrase(
        "soon", "T",
        r"\b(?:as soon as (?:possible|practicable)|asap|in due course|in a timely manner|promptly|when resources allow|"
        r"at the earliest opportunity|to be confirmed|tbc)\b",
        "“{found}” is different for everybody. How many days, and counted from what?",
        "Within five working days of the decision, and {owner} counts each week those that took longer.",
    ),
    phrase(
        "where", "S",
        r"\b(?:where|when|if|as) (?:appropriate|possible|necessary|required|needed|relevant|practicable)\b",
        "“{found}” leaves it to whoever is there. When is it done, and who decides?",
        "Name the cases in which it is done, and the person who decides on the day.",
    ),
    phrase(
        "money", "A",
        r"\bsubject to\b|\bresources permitting\b|\bfunding permitting\b",
        "A promise that depends on something is not yet one. What can be promised now, with what there is?",
        "Promise the first step that needs no new money, and let the rest wait for the decision, by its day.",
    ),
)  # fmt: skip
NOTHING = re.compile(r"^\W*(?:n/?a|none|not applicable|tbc|to be confirmed|unknown|-|\?)?\W*$", re.IGNORECASE)
# A check is made by looking at something, and comes to a number or to yes or no for a named thing.
NUMBER = re.compile(
    r"[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|every|each|all|"
    r"none|no|share|median|number|how many|half)\b",
    re.IGNORECASE,
)
LOOKED = re.compile(
    r"\b(?:count|counts|counted|list|listed|sample|read|watch|visit|compare|look|looks|looked|ask|asked|ring|rung|test|"
    r"tested|try|tries|take|takes|shows?|find|found|log|register|report|time stamps?|audit of|observe)\b",
    re.IGNORECASE,
)
EVERYBODY = re.compile(r"\ball (?:the )?(?:our )?" + WHO, re.IGNORECASE)
COSTS = re.compile(
    r"\b(?:buy|purchase|recruit|hire|refurbish|build|install|new (?:system|building|posts?))\b", re.IGNORECASE
)
PLAIN = frozenset(
    re.findall(
        r"\w+",
        """about after again against also been before being between both came come does each every from have having into just
        like made make more most much must never nobody none only other over same some such than that their them then there
        these they this those told took were what when where which while whose will with without would year years months
        weeks days time times still until because people person patient patients staff""",
    )
)
