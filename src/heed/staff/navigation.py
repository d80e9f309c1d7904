"""Which parts of Heed a person may use, and where each begins."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from heed.accounts.permissions import Permission, Viewer
from heed.design.components import Link

P = Permission
# Who took something down sees what became of it; how it is looked into is for those who work on the case.
SEES_WORK = (P.SEE_ALL_CASES, P.SEE_SERVICE_CASES, P.SEE_ASSIGNED_CASES)
# A warning tells of few people: whoever sees no case sees none.
SEES_WARNINGS = (P.SEE_ALL_CASES, P.SEE_SERVICE_CASES)
SEES_CASES = (*SEES_WORK, P.SEE_OWN_LOGGED)
SEES_FEEDBACK = (P.SEE_ALL_CASES, P.SEE_SERVICE_CASES, P.SEE_OWN_LOGGED)
# What is told of learning: read by all who have a part in it; written by who learns or publishes.
SEES_PIECES = (P.RECORD_LEARNING, P.DO_ACTIONS, P.PUBLISH)
WRITES_PIECES = (P.RECORD_LEARNING, P.PUBLISH)


@dataclass(frozen=True)
class Section:
    """`route` is a name; `any_of` the permissions of which one is enough. Both are those of the view itself. `also`: a
    route under which further pages of the section lie."""

    label: str
    route: str
    any_of: tuple[Permission, ...]
    also: tuple[str, ...] = ()  # routes whose pages belong to it too, where their addresses do not say so


SECTIONS = (
    Section("Worklist", "worklist", SEES_CASES),
    Section("All cases", "register_of_cases", SEES_CASES),
    Section("Comments and compliments", "feedback_list", SEES_FEEDBACK),
    Section("Search", "search", SEES_CASES),
    Section("Log feedback", "log_feedback", (P.LOG_FEEDBACK,)),
    Section(
        "Learning", "actions", SEES_PIECES, also=("learning", "library", "analyses", "my_questions", "what_worked")
    ),
    Section("Insight", "insight", (P.SEE_INSIGHT,)),
    Section("Settings", "settings", (P.ADMINISTER,)),
    Section("Looking after each other", "care", (P.LOOK_AFTER_SELF,)),
)

# The pages of looking after each other, as tabs: one's own things first.
CARE = (
    Section("My page", "care", (P.LOOK_AFTER_SELF,)),
    Section("Talks and reflection", "care_talks", (P.LOOK_AFTER_SELF,)),
    Section("Network", "network", (P.HANDLE, P.LOOK_AFTER_PEOPLE)),
    Section("Support for staff", "staff_support", (P.HANDLE, P.LOOK_AFTER_PEOPLE)),
    Section("Workload and skills", "workload", (P.LOOK_AFTER_PEOPLE,)),
    Section("Training register", "training_register", (P.LOOK_AFTER_PEOPLE,)),
    Section("Supervision", "supervision", (P.LOOK_AFTER_PEOPLE,)),
    Section("How it goes", "care_figures", (P.LOOK_AFTER_PEOPLE, P.SIGN)),
)

# The pages of insight, as tabs. The first is where they begin.
INSIGHT = (
    Section("Figures", "insight", (P.SEE_INSIGHT,)),
    Section("Early warnings", "warnings", SEES_WARNINGS),
    Section("Two together", "insight_together", (P.SEE_INSIGHT,)),
    Section("Themes", "themes", (P.SEE_INSIGHT,)),
    Section("Everything heard", "everything_heard", SEES_WARNINGS),
    Section("How it was for people", "experience", (P.SEE_INSIGHT,)),
    Section("Compare services", "compare_services", (P.SEE_INSIGHT,)),
    Section("Data quality", "data_quality", (P.SEE_INSIGHT,)),
    Section("Good practice", "good_practice", (P.SEE_INSIGHT,)),
    Section("Cost", "handling_cost", (P.SEE_INSIGHT,)),
    Section("Kept figures", "insight_kept", (P.SEE_INSIGHT,)),
    Section("Groups of people", "insight_groups", (P.SEE_INSIGHT,)),
)

# The pages of learning, as tabs. The first is where they begin.
LEARNING = (
    Section("Actions", "actions", SEES_PIECES),
    Section("Library", "library", SEES_PIECES),
    Section("Why it happened", "analyses", (P.RECORD_LEARNING,)),
    Section("What worked", "what_worked", (*SEES_PIECES, P.SEE_INSIGHT)),
    Section("You said, we did", "lines", SEES_PIECES),
    Section("Stories", "stories", SEES_PIECES),
    Section("Briefings", "briefings", SEES_PIECES),
    Section("Shared by others", "shared", SEES_PIECES),
)


def address(route: str, *args: object) -> str:
    """The address of a page under an organisation: `address("case", "riverside-nhs", "RV-4K7M-Q2PX")`."""
    return reverse(route, args=args)


def may_any(viewer: Viewer, any_of: Iterable[Permission]) -> bool:
    return any(viewer.may(permission) for permission in any_of)


def sections(viewer: Viewer, path: str) -> list[Link]:
    """Links to what the person may use. The present one is that whose address is the longest beginning of `path`."""
    return _links(_open_to(viewer, SECTIONS), viewer, path)


def insight_tabs(viewer: Viewer, path: str) -> list[Link]:
    """Links to the pages of insight that the person may use; none where there is but one."""
    open_to = _open_to(viewer, INSIGHT)
    return _links(open_to, viewer, path) if len(open_to) > 1 else []


def learning_tabs(viewer: Viewer, path: str) -> list[Link]:
    """Links to the pages of learning that the person may use; none where there is but one."""
    open_to = _open_to(viewer, LEARNING)
    return _links(open_to, viewer, path) if len(open_to) > 1 else []


def care_tabs(viewer: Viewer, path: str) -> list[Link]:
    """Links to the pages of looking after each other that the person may use."""
    return _links(_open_to(viewer, CARE), viewer, path)


def _links(of: Iterable[Section], viewer: Viewer, path: str) -> list[Link]:
    def places(section: Section) -> list[str]:
        return [address(route, viewer.organisation_code) for route in (section.route, *section.also)]

    sections = list(of)
    beginnings = [(place, section) for section in sections for place in places(section) if path.startswith(place)]
    here = max(beginnings, key=lambda found: len(found[0]), default=("", None))[1]
    return [Link(section.label, places(section)[0], current=section is here) for section in sections]


def first_page(viewer: Viewer) -> str:
    """Where the person begins: the worklist if they see cases, else the first part of their own; "" for none."""
    places = [section.route for section in _open_to(viewer, SECTIONS) if section.route != "log_feedback"]
    return address(places[0], viewer.organisation_code) if places else ""


def _open_to(viewer: Viewer, of: Iterable[Section]) -> list[Section]:
    return [section for section in of if may_any(viewer, section.any_of)]
