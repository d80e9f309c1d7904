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
    r"(?:staff|colleagues?|teams?|nurses?|doctors?|officers?|clinicians?|managers?|employees?|practitioners?|\w*workers?|"
    r"everyone|everybody|crews?|drivers?|handlers?|carers?|midwives|midwife|social workers?|advisers?|operatives?|directors?)"
)
PUBLIC = (
    r"(?:patients?|famil(?:y|ies)|residents?|tenants?|parents?|customers?|claimants?|applicants?|public|relatives|"
    r"callers?|carers?|visitors?|household\w*)"
)
# Whoever has to be sent what is done: telling them is the step itself, and no lesson that is passed around.
TO_THEM = (
    r"(?![^.]*\b(?:with|to)\b[^.]*\b(?:ombudsman|ombudsmen|regulators?|commission(?:ers?)?|cqc|inspectorate|nhs england|"
    r"complainants?|famil(?:y|ies)|mr|mrs|miss|ms|mx)\b)"
)
# Of the step: the first that is found is asked, because one thing at a time is enough.
STEP: tuple[Phrase, ...] = (
    phrase(
        "sorry", "S",
        r"^(?:we|i) (?:are|am)\b[^.]{0,20}\bsorry\b|^(?:we )?(?:\w+ )?apologis(?:e|ed|es)\b"
        r"|\b(?:sincere|our|deepest) apologies\b",
        "To say sorry belongs in the answer, and this is what comes after it. What will be different for the next person?",
        "Say what is done from {start} on so that the next person does not meet it.",
    ),
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
        r"|\breflect(?:ed|s|ion)?\b|\b(?:nurse|doctor|officer|member of staff|worker)\s+(?:involved|concerned)\b"
        r"|\b(?:concerned|involved) (?:has|have|was|were|will|is|are)\b"
        r"|\b(?:human|individual|staff) error\b|\b(?:he|she|they|who)\s+should have\b|\bdisciplin(?:ed|ary)\b|\bdismissed\b"
        r"|\bno longer\s+(?:used|employed|works?|working|engaged)\b|\bperformance[- ]manage",
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
        r"\b(?:lessons?|learning|findings?|results?|e-?mails?|memo|bulletin)\b[^.]*\b(?:shared|circulated|disseminated|cascaded|"
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
        "told", "S",
        rf"\b(?:e-?mails?|memos?|newsletters?|bulletins?|messages?|posters?|communications?|comms)\b(?![^.]*\b{PUBLIC}\b)"
        rf"[^.]*\b(?:sent|went|goes?|issued|put up)\b[^.]*\b{WHO}\b"
        rf"|\b(?:spoke|spoken|talked) (?:to|with) (?:the |all |both )?(?:\w+ )?{WHO}\b"
        r"|\b(?:re-?)?familiaris\w+|\bre-?(?:iterat|emphasis|inforc)\w*\b|\bre-?read\b",
        "Who has been told may forget by next month, and nobody sees whether it is done. What changes in the work itself?",
        "Say what is new in the work: who does what, at which moment, from {start} on.",
    ),
    phrase(
        "careful", "S",
        r"\b(?:be|being|take|taking)\s+(?:more |extra |greater |particularly |especially )?"
        r"(?:care\b(?! (?:home|plan|package|need|record))|care?ful\w*|vigilan\w*|mindful|aware|diligent|attentive|alert|"
        r"considerate|compassionate|sensitive|understanding|proactive|thorough|conscious)",
        "People who are tired or hurried cannot promise to take more care. What would make the mistake hard to make?",
        "Change one thing that makes the mistake hard to make, from {start} on: a barrier, a second look, a step that "
        "cannot be left out.",
    ),
    phrase(
        "group", "S",
        r"\b(?:(?:task[- ]and[- ]finish|working|steering|focus|improvement|project) (?:group|party|team)|task ?force|workshop|"
        r"forum|away ?day)\b[^.]*\b(?:convened|set up|established|arranged|held|formed|created)\b"
        r"|\b(?:convene|set up|establish|form|create)\b[^.]*\b(?:(?:task[- ]and[- ]finish|working|steering|focus|improvement|"
        r"project) (?:group|party|team)|task ?force)\b",
        "A group that meets is a beginning. What will it decide, by when, and what is done on the day after?",
        "By {finish}, {owner} has a decision on one named change, and it is in use in one place.",
    ),
    phrase(
        "noted", "S",
        r"\b(?:findings?|concerns?|points?|feedback|learning|issues|comments|recommendations?)\b[^.]{0,40}\bnoted\b"
        r"|\b(?:borne|bear(?:ing)?) in mind\b|\b(?:take|taken) on board\b|\bwe (?:fully )?(?:acknowledge|recognise|accept)\b"
        r"|\b(?:lessons? (?:have been |has been )?(?:learn(?:ed|t)|identified))\b",
        "What is noted is not yet changed. What will be done that was not done before?",
        "Say who does what from {start} on, and where somebody could watch it.",
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
        r"|\b(?:kept?|keep) under review\b|\bkeep(?:s|ing)? an eye on\b|\bkeep(?:s|ing)? (?:a )?(?:close )?watch\b"
        r"|\bcontinue to\b(?P<about2>[^.]*)"
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
        r"^(?:we will |to )?(?:ensure|make sure|improve|enhance|strengthen|encourage|promote|support|"
        r"develop(?! (?:and \w+ )?(?:an?|the|two|three) (?:\w+ ){0,3}(?:procedure|form|leaflet|check-?list|template|letter|"
        r"script|page|"
        r"course|sheet|card)\b)|work with|work "
        r"towards|embed|foster|instil|drive|optimise|maximise|address|tackle|focus on|prioritise|be committed|commit)\b"
        r"(?P<about>[^.]*)"
        rf"|\b(?:we|{WHO}|service|trust|council|department)\b[^.]*\b(?:strive|endeavour|aspire|aim|seek|hope|try|committed)\s+to\b"
        r"(?P<about2>[^.]*)"
        r"|\bhopefully\b(?P<about3>[^.]*)|\b(?:it would be|we would) (?:be )?(?:good|nice|helpful|better|useful|like)\b"
        r"|^\w+ (?:\w+ )?(?:will|should|must) (?:no longer|never)\b"
        r"|\b(?:not|n.?t|never) (?:be repeated|re-?occur|recur|happen(?:s|ing)? again)\b",
        "This says what you want, not what will be done. Who will do what, at which moment, so that it comes about?",
        "From {start}, {owner} does one thing each time that anybody could watch, so that it comes to this: “{about}”.",
    ),
    phrase(
        "result", "S",
        r"^(?:we will |to )?(?:reduce|increase|cut|raise|lower|achieve|reach|hit|attain|meet)\b(?P<about>[^.]*)",
        "This is the result that you hope for. What will be done, by whom, so that it comes?",
        "Say what {owner} does from {start} on, and keep “{about}” for what it should change.",
    ),
    phrase(
        "others", "S",
        rf"^(?:the )?(?:{PUBLIC}|GPs?|(?:GP )?surger(?:y|ies)|practices?|schools?|police|contractors?|providers?|landlords?|"
        r"hospitals?|care homes?|suppliers?|agenc(?:y|ies))\b[^.,;]{0,40}\b(?:needs? to|should|must|ought to)\b",
        "This asks something of others, who have promised nothing. What will you do yourselves, or agree with them?",
        "By {finish}, {owner} has it agreed with them in writing, and from then on does one named thing where they do not.",
    ),
    phrase(
        "nothing", "S",
        r"\bno (?:further|other) action\b|\b(?:case|matter|complaint) (?:is |now |has been )?closed\b"
        r"|\bnothing (?:further|more) to do\b",
        "That this one is settled does not keep the next from happening. What will be different?",
        "Say what is done from {start} on so that the next person does not meet it.",
    ),
    phrase(
        "progress", "S",
        r"\b(?:significant|good|real|substantial|meaningful|demonstrable|tangible|continued|further|steady)\s+(?:progress|"
        r"improvements?|strides|steps)\b|\b(?:make|made|making) progress\b",
        "Two people could look at the same thing, and one sees “{found}” where the other sees none. What exactly will be "
        "there by {finish} that is not there now?",
        "Name one thing that is there on {finish} and is not there today, so that anybody can go and look.",
    ),
    phrase(
        "feeling", "S",
        r"\b(?:culture|ethos|mindset)\b|\bat the (?:very )?(?:centre|heart|forefront) of\b"
        r"|\bfeel(?:s|ing)?\s+(?:more )?(?:able|empowered|valued|supported|confident|listened)\b",
        "How people think and feel follows from what they live through each day. What will be done that they would notice?",
        "Say one thing that is done from {start} on which somebody who comes for the first time would notice.",
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
        r"\b(?:on-?going|continuous(?:ly)?|continual(?:ly)?|on an? (?:on-?going|regular|rolling) basis|going forward|"
        r"for the foreseeable|business as usual|from time to time|periodically)\b",
        "“{found}” has no end, so nobody can say that it was done. What is done by {finish}, and what is looked at after?",
        "By {finish} it has been done ten times and was right each time. After that {owner} looks once a quarter.",
    ),
    phrase(
        "soon", "T",
        r"\b(?:as soon as (?:possible|practicable)|asap|in due course|in a timely manner|promptly|when resources allow|"
        r"at the earliest opportunity|(?:in|within) an? (?:reasonable|acceptable|suitable) (?:time|period|timescale|timeframe)|"
        r"in good time|without (?:undue|unnecessary) delay|to be confirmed|tbc)\b",
        "“{found}” is different for everybody. How many days, and counted from what?",
        "Within five working days of the decision, and {owner} counts each week those that took longer.",
    ),
    phrase(
        "where", "S",
        r"\b(?:where|when|if|as)(?:ever| and when)? (?:it is |this is |they are |reasonably |deemed )?(?:appropriate|possible|"
        r"necessary|required|needed|relevant|practicable|practical|feasible)\b"
        r"|\bas far as\b|\bhaving regard to\b|\bbest endeavours\b",
        "“{found}” leaves it to whoever is there. When is it done, and who decides?",
        "Name the cases in which it is done, and the person who decides on the day.",
    ),
    phrase(
        "money", "A",
        r"\bsubject to\b|\b(?:resources|funding|capacity|staffing|time|demand|workload) "
        r"(?:permitting|permits?|allowing|allows?)\b",
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
