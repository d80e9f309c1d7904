"""What has a shape of its own: days, ages, counts, posts, relatives, rare conditions, addresses and sites."""

import re

from heed.learning.anonymity.words import any_of, load

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|"
    r"Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
NTH = r"(?:first|second|third|fourth|fifth|last|[0-9]{1,2}(?:st|nd|rd|th))"
DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?"
FEAST = (
    r"(?:Christmas(?: Eve| Day)?|Boxing Day|New Year['’]?s?(?: Eve| Day)?|Hogmanay|Easter(?: Sunday| "
    r"Monday| weekend)?|Good Friday|Whitsun|"
    r"Shrove Tuesday|Ash Wednesday|Palm Sunday|Pentecost|Advent|Halloween|Bonfire Night|Remembrance (?:Day|"
    r"Sunday)|Mothering Sunday|"
    r"(?:Mother|Father|Valentine|May|St (?:David|Patrick|Andrew|George))['’]?s? Day|Burns Night|Ramadan|"
    r"Eid(?: al-Fitr| al-Adha)?|Ashura|"
    r"Diwali|Holi|Vaisakhi|Navratri|Passover|Yom Kippur|Rosh Hashanah|Hanukkah|Vesak|Lunar New Year|Chinese New Year|"
    r"(?:the )?(?:(?:early|late|spring|summer|May|August) )?bank holiday(?: Monday| weekend)?)"
)
EVENT = (
    r"(?:(?:by-|general |local )?election|referendum|funeral|wedding|christening|coronation|jubilee|carnival|marathon|"
    r"parade|cup final|derby|storm|floods?|fire|explosion|crash|strike|eclipse|earthquake|fireworks)"
)
SMALL = r"(?:one|two|three|four|[1-4])"
ANY_SMALL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|[1-9][0-9]?)"
PEOPLE = (
    r"(?:patients?|people|persons?|famil(?:y|ies)|children|child|bab(?:y|ies)|tenants?|residents?|m[ae]n|"
    r"wom[ae]n|boys?|girls?|complaints?|concerns?|"
    r"cases?|nurses?|doctors?|carers?|parents?|pupils?|students?|callers?|households?|households|members "
    r"of staff|staff|colleagues|visitors?|"
    r"mothers?|fathers?|relatives|deaths?|births?|users?|customers?|claimants?|applicants?|prisoners?|"
    r"inmates|drivers?|teachers?|officers?|"
    r"wheelchair users|compliments?|comments?|patients['’])"
)
TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
DECADES = "twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
NUMBER_WORD = (
    rf"(?:(?:{TENS})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|"
    rf"seven|eight|nine|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
KIN = (
    r"(?:wife|husband|partner|mother|father|mum|mam|dad|son|daughter|brother|sister|twin|grandson|"
    r"granddaughter|grandchild|grandmother|"
    r"grandfather|nan|gran|granddad|grandad|aunt|uncle|niece|nephew|cousin|fiancée?|ex-wife|ex-husband|"
    r"stepson|stepdaughter|stepmother|"
    r"stepfather|mother-in-law|father-in-law|carer|widow|widower|parents|sons|daughters|brothers|sisters|twins)"
)
STREET = (
    r"(?:Street|St|Road|Rd|Lane|Avenue|Ave|Crescent|Close|Drive|Way|Terrace|Gardens?|Grove|Square|Row|Mews|"
    r"Walk|Parade|Esplanade|Estate|"
    r"Gate|Rise|Broadway|Boulevard|Buildings|Heights|Wynd|Vale|View|Hill|Green|Quay|Wharf|Bridge|Roundabout)"
)
SITE = (
    r"(?:Hospital|Infirmary|Ward|Surgery|Clinic|Hospice|Practice|Medical Centre|Health Centre|Leisure "
    r"Centre|Community Centre|Day Centre|"
    r"Children['’]s Centre|Centre|Center|School|Academy|College|Nursery|University|Library|House|Lodge|"
    r"Court|Hall|Manor|Unit|Suite|Wing|Depot|Tip|"
    r"Recycling Centre|Church|Chapel|Cathedral|Mosque|Temple|Gurdwara|Synagogue|Station|Airport|Prison|"
    r"Park|Cemetery|Crematorium|Jobcentre|"
    r"Care Home|Nursing Home|Baths|Museum|Theatre|Market|Farm|Tower|Towers|Flats|Marina|Arms|Inn|Hotel)"
)
NAME = r"[A-Z][\w’'-]+"
SINGLE = (
    r"(?:m[ae]n|woman|boy|girl|patient|resident|tenant|family|pupil|person|lady|gentleman|mother|father|"
    r"couple|child|carer|nurse|doctor|"
    r"student|teenager|prisoner|claimant)"
)
GROUP = (
    r"(?:Deaf|deaf|blind|deafblind|Traveller|Gypsy|Roma|Romany|Sikh|Jewish|Muslim|Hindu|Buddhist|Catholic|"
    r"Protestant|Rastafarian|Quaker|Amish|"
    r"Jain|Zoroastrian|Polish|Somali|Syrian|Afghan|Ukrainian|Eritrean|Sudanese|Nigerian|Ghanaian|Chinese|"
    r"Vietnamese|Kurdish|Iranian|Iraqi|Turkish|"
    r"Bangladeshi|Pakistani|Indian|Romanian|Bulgarian|Filipino|Brazilian|Japanese|Korean|Jamaican|Black|"
    r"Asian|trans|transgender|non-binary|"
    r"gay|lesbian|bisexual|intersex|refugee|asylum-seeking|autistic|Welsh-speaking|Gaelic-speaking)"
)
DATES = (
    rf"(?:(?i:on|until|since|by|before|after) )?(?:the )?(?:{WEEKDAY},? )?(?:the )?{DAY} (?:of "
    rf")?{MONTH}(?:,? (?:19|20)[0-9]{{2}})?\b",
    rf"\b(?:{WEEKDAY},? )?{MONTH} {DAY}\b(?!%)(?:,? (?:19|20)[0-9]{{2}})?",
    rf"\b{MONTH} (?:of )?(?:19|20)[0-9]{{2}}\b",
    rf"\b(?:the )?(?:{NTH}) (?:week|weekend|{WEEKDAY}) (?:of|in) {MONTH}(?:\b)",
    rf"\b(?:early|mid|late|the (?:beginning|middle|end|start) of)[ -]{MONTH}\b",
    r"\b[0-3]?[0-9][/.-][01]?[0-9][/.-](?:19|20)?[0-9]{2}\b",
    r"\b(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]\b",
    rf"\b(?:the )?(?:(?:day|night|morning|evening|week|weekend|eve) (?:before|after|of|following) )?{FEAST}(?![\w])",
    rf"\b(?<!every )(?<!each )(?:until |on |since |by |last |that |the following |the previous )(?:the |"
    rf"that |a )?{WEEKDAY}\b(?: (?:morning|afternoon|evening|night))?",
    rf"\bthe {WEEKDAY} (?:before|after|of)\b",
    r"\b(?:the )?(?:first|last) (?:day|week|morning) (?:back )?(?:of|at|in) (?:the )?(?:(?:autumn|spring|summer|winter) )?"
    r"(?:term|half[- ]term|school|holidays?|year|season|Lent|Advent|Ramadan)\b",
    r"\b(?:in|since|from|until|of|born) 19[0-9]{2}\b(?!-)",
    r"\b(?:on|until|since|by|before|after) the [0-3]?[0-9](?:st|nd|rd|th)\b"
    r"(?! (?:floor|time|attempt|anniversary|birthday|percentile))",
    rf"\b(?:the )?(?:day|night|morning|evening|weekend|week) (?:of|before|after) (?:the |her |his |their |my )?{EVENT}\b",
    r"\b(?:yesterday|the day before yesterday|last night|this morning)\b",
)
# A number in brackets or between commas behind a name: “Doreen, 88, …”, “Yusuf (6 and a half)”.
PART_OF_A_YEAR = r"(?:(?: and)? (?:a half|three[- ]quarters|a quarter)|½|¼|¾)"
AGES = (
    rf"\b(?!{MONTH}\b)(?-i:[A-Z])[\w’'-]+(?:, | \()[1-9][0-9]?{PART_OF_A_YEAR}?(?=,|\)| and )",
    rf"\b(?:an? )?(?:[0-9]{{1,3}}|{NUMBER_WORD})[ -](?:years?|months?|weeks?|days?)[ -]old\b",
    rf"\baged (?:about |only |just )?(?:[0-9]{{1,3}}|{NUMBER_WORD})\b(?! (?:or|and) (?:over|under|above))",
    r"\b(?:turned|turning|was|is|am|were|age of|only) (?:[1-9][0-9])\b(?=[,.;:)]|$| and | when | at )",
    rf"\b(?:(?:[0-9]{{1,3}}|{NUMBER_WORD}) years of age|(?:[0-9]{{1,3}}|{NUMBER_WORD}) years young)\b",
    rf"\bin (?:his|her|their|my) (?:early |mid[- ]?|late )?(?:{DECADES}|teens|[2-9]0s)\b",
    r"(?:\b(?:two|three|the|a few|some) (?:days?|weeks?|months?) (?:before|after) )?\b(?:his|her|their|my|"
    r"its) (?:[0-9]{1,3}(?:st|nd|rd|th)|first|second|third|"
    r"eighteenth|twenty-first|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|"
    r"hundredth) birthday\b",
    r"\bborn (?:in|on) (?:the )?(?:[0-9]{1,2}(?:st|nd|rd|th)? )?(?:\w+ )?(?:19|20)[0-9]{2}\b",
    r"\b(?:turn|turns|turned|turning) [0-9]{1,3}\b|\b[0-9]{1,3} ?(?:y/o|yo|yrs? old|year old)\b",
    r"\b(?:centenarian|octogenarian|nonagenarian|newborn|teenager|toddler)\b",
    r"\b(?:19|20)[0-9]{2}s? baby\b",
)
COUNTS = (
    rf"\b(?:only |just )?{SMALL} (?:other |more |of (?:the|our|your|their) |young |old |older |elderly |"
    rf"disabled |local )*{PEOPLE}\b(?! (?:a|per|every|each) )",
    rf"\b{SMALL} (?:of|out of|in) (?:the |our |only )?(?:{ANY_SMALL})\b(?: {PEOPLE})?",
    rf"\b(?:the |are |were |is |was )?only {SMALL} "
    r"(?!(?:day|week|month|hour|minute|way|thing|time|reason|place|option|choice)s?\b)\w+ "
    r"(?:in|on|at|of|with|from|who|under) (?:the |our |this )?\w+",
    rf"\ba couple of {PEOPLE}\b",
    rf"\b(?:neither|both) of (?:the|our) (?:two )?{PEOPLE}\b",
)
ROLES = (
    rf"\b(?i:the|our|their|your|my|an?) (?:then |new |former |acting |deputy |assistant |interim |retired "
    rf")*(?i:{any_of(load('roles').words)})\b",
    rf"\b(?i:the |our |their )?(?i:{any_of(load('roles').heads)}) (?:for|of) (?:the )?(?:[A-Z][\w’'-]+(?:,? "
    rf"(?:and |& )?)?){{1,4}}",
    r"\b(?i:the|our|their|my) (?:only|sole|lone|single) (?:\w+ )?(?!way|thing|time|reason|one|place|answer|"
    r"option|way|choice|information|days?|point|number)[\w-]+",
    r"\bworks? (?:\w+ )?(?:here|there|with us|for us|at the \w+|in the \w+)? ?as an? [a-z]+",
    # What somebody does, or did, where few do it: the one word in front tells that a person is meant.
    r"\b(?:retired|former|serving|trainee|locum|ex-|practising|off-duty|semi-retired) ?(?!(?:to|from|in|at|by|the|and|as|on|food|"
    r"meals?|patients?|members? of staff|staff|residents?|tenants?|colleagues?|employees?)\b)[a-z]+(?:[ -][a-z]+)?",
    r"\b(?i:an?|another) (?:\w+ )?[a-z]+ (?:at|in|from|on) (?:the|that|this) (?:very )?same (?!time|day|way|reason)\w+",
    r"\b(?i:the) (?:first|last) (?:wom[ae]n|m[ae]n|person|black|female|male|patient|Muslim|Deaf)\b(?: \w+)?",
)
RELATIVES = (
    rf"\b(?:his|her|their|my|our|an?|the) (?:late |only |elderly |disabled |young |older |younger |eldest |"
    rf"youngest |unborn |baby |twin )*{KIN}\b(?! (?:and child )?(?:unit|team|ward|service))",
    r"\b(?:identical |conjoined )?(?:twins|triplets|quadruplets|quintuplets)\b",
    r"\b(?:an? )?only child\b",
    rf"\b(?:mother|father|mum|dad|parents?) of (?:{NUMBER_WORD}|[0-9]+|twins|triplets)\b",
)
CONDITIONS = (
    rf"(?<!\w)(?i:{any_of(load('rare-conditions').words)})(?!\w)",
    rf"(?<![\w-])(?:{any_of(load('rare-conditions').short)})(?![\w-])",
)
PLACES = (
    rf"\b(?:Flat [0-9]+[A-Za-z]?,? )?[0-9]{{1,4}}[A-Za-z]?,? (?:{NAME} ){{1,3}}{STREET}\b",
    rf"\b(?:(?:St\.?|Saint|The|Old|New|Upper|Lower|Great|Little|North|South|East|West|High) )?(?:{NAME} "
    rf"){{0,2}}{NAME} (?:{STREET}|{SITE})\b",
    rf"\b(?:St\.?|Saint) {NAME}(?: {SITE})?",
    rf"\b(?:{SITE}|Bay|Bed|Room|Flat|Floor|Block|Theatre|Cubicle|Cell) (?:[0-9]{{1,3}}[A-Za-z]?|[A-Z][0-9]{{0,2}})\b",
    r"\b(?:bed|bay|room|flat|cubicle|cell|ward|house number|number|platform|plot|pitch) [0-9]{1,3}[A-Za-z]?\b",
    rf"(?<![\w-])(?:{any_of(load('places').words)})(?![\w-])",
    r"\b(?:Traveller|travellers['’]|caravan|gypsy) site\b",
    r"\bP\.?O\.? Box [0-9]+\b",
)
NUMBERS = (
    r"\b[A-CEGHJ-PR-TW-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\b",  # a National Insurance number
    r"\bGB[0-9]{2} ?[A-Z]{4}(?: ?[0-9]{4}){3} ?[0-9]{2}\b|\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}(?: "
    r"?[A-Z0-9]{1,3})?\b",
    r"\b(?:[0-9][ -]?){13,19}\b",
    r"\b[0-9]{2}-[0-9]{2}-[0-9]{2}\b",
    # Seven digits or more with breaks, which are no day.
    r"(?<![\w£.,/-])(?!(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}\b)(?![0-9]{1,2}[.-][0-9]{1,2}[.-][0-9]{2,4}\b)"
    r"(?=(?:[ ().+-]{0,3}[0-9]){7})[+(]?[0-9][0-9 ().-]{5,20}[0-9](?:x[0-9]+)?(?![\w/])",
    r"\b(?:https?://|www\.)\S+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|co\.uk|gov\.uk|uk|io|info|biz|edu)\b(?:/\S*)?",
    r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b",
    r"\b[A-Z]{2}[0-9]{2} ?[A-Z]{3}\b",  # a number plate
    r"(?<![\w/])@[A-Za-z][\w.]{2,}",
    r"\b(?:case|complaint|claim|reference|ref|incident|account|policy|tenancy|file|ticket|badge|staff)(?: "
    r"number| no\.?| ref\.?| reference)? ?[:#]? ?(?=[A-Z0-9/-]*[0-9])[A-Z0-9]{2,}(?:[/-][A-Z0-9]+)*\b",
    r"\b(?:[A-Z]{1,4}[/-]?[0-9]{4,}|[0-9]{6,})\b",
)
GROUPS = (
    rf"\b(?:an?|the|one) (?:[\w-]+ )?{GROUP} (?:[a-z]+ )?{SINGLE}\b",
    rf"\b(?:an?|the) {SINGLE} (?:from|of) the (?:[A-Z]\w+) (?:community|faith|site)\b",
)


ANY_CASE = ("age", "count", "relative", "group")  # a sentence may begin with them


def _compiled(kind: str, patterns: tuple[str, ...]) -> list[tuple[str, re.Pattern[str]]]:
    return [(kind, re.compile(pattern, re.IGNORECASE if kind in ANY_CASE else 0)) for pattern in patterns]


# In the order in which they count where two find the same words.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    found
    for kind, patterns in (
        ("number", NUMBERS), ("age", AGES), ("date", DATES), ("condition", CONDITIONS), ("role", ROLES), ("group", GROUPS),
        ("relative", RELATIVES), ("place", PLACES), ("count", COUNTS),
    )
    for found in _compiled(kind, patterns)
)  # fmt: skip
