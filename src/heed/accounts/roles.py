"""The roles, what each may do, and where. An auditor can read this file; the reference page is made from it."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What a person may do. The value is the sentence's end: "may ..."."""

    LOG_FEEDBACK = "log feedback taken by phone, in person or by letter"
    SEE_ALL_CASES = "see every case of the organisation"
    SEE_SERVICE_CASES = "see the cases of their service"
    SEE_ASSIGNED_CASES = "see the cases they investigate or handle"
    SEE_OWN_LOGGED = "see what they logged themselves"
    HANDLE = "register, acknowledge, plan and answer a case"
    INVESTIGATE = "investigate a case, log evidence and record findings"
    SIGN = "sign a response for the organisation"
    SIGN_SERVICE = "sign an early or first-stage response for their own service"
    SEE_INSIGHT = "see the figures"
    CHECK_QUALITY = "have the quality of the records checked"
    KEEP_FIGURES = "keep figures as they stand, and begin the limits of a figure anew"
    RECORD_LEARNING = "record what was learned and promise an action"
    DO_ACTIONS = "carry out the actions they own"
    RECORD_VOICES = "record what is heard elsewhere, and say what comments are about"
    PUBLISH = "publish what changed"
    LOOK_AFTER_SELF = "see their own training, talks and workload, and ask for time or a talk"
    LOOK_AFTER_PEOPLE = "look after the people who handle complaints"
    ENTER_ACTIVITY = "say how much the services do, which rates are taken over"
    RUN_SURVEYS = "ask people how it was, enter their answers and open listening campaigns"
    READ_SURVEYS = "read what people write when they are asked how it was, without who wrote it"
    ADMINISTER = "change people, services and settings"


@dataclass(frozen=True)
class Role:
    """`needs_service`: the role counts in one service only."""

    key: str
    name: str
    what: str
    permissions: frozenset[Permission]
    needs_service: bool = False


def _role(key: str, name: str, what: str, *permissions: Permission, needs_service: bool = False) -> Role:
    return Role(key, name, what, frozenset(permissions), needs_service)


P = Permission
ROLES: dict[str, Role] = {
    role.key: role
    for role in [
        _role(
            "front_line",
            "Front-line staff",
            "Takes down what people say, on the spot, and passes it on.",
            P.LOG_FEEDBACK,
            P.SEE_OWN_LOGGED,
            P.LOOK_AFTER_SELF,
        ),
        _role(
            "handler",
            "Case handler",
            "Looks after cases from receipt to close, and speaks with the person.",
            P.LOG_FEEDBACK,
            P.SEE_ALL_CASES,
            P.HANDLE,
            P.INVESTIGATE,
            P.SEE_INSIGHT,
            P.RECORD_LEARNING,
            P.RECORD_VOICES,
            P.LOOK_AFTER_SELF,
        ),
        _role(
            "investigator",
            "Investigator",
            "Finds out what happened, in the cases given to them.",
            P.LOG_FEEDBACK,
            P.SEE_ASSIGNED_CASES,
            P.INVESTIGATE,
            P.RECORD_LEARNING,
            P.LOOK_AFTER_SELF,
        ),
        _role(
            "complaints_manager",
            "Complaints manager",
            "Answers for how complaints are handled and learned from.",
            P.LOG_FEEDBACK,
            P.SEE_ALL_CASES,
            P.HANDLE,
            P.INVESTIGATE,
            P.SEE_INSIGHT,
            P.KEEP_FIGURES,
            P.CHECK_QUALITY,
            P.RECORD_LEARNING,
            P.RECORD_VOICES,
            P.DO_ACTIONS,
            P.PUBLISH,
            P.RUN_SURVEYS,
            P.READ_SURVEYS,
            P.ENTER_ACTIVITY,
            P.LOOK_AFTER_SELF,
            P.LOOK_AFTER_PEOPLE,
        ),
        _role(
            "service_manager",
            "Service manager",
            "Runs a service, answers simple complaints about it and improves it.",
            P.LOG_FEEDBACK,
            P.SEE_SERVICE_CASES,
            P.INVESTIGATE,
            P.SIGN_SERVICE,
            P.SEE_INSIGHT,
            P.RECORD_LEARNING,
            P.DO_ACTIONS,
            P.LOOK_AFTER_SELF,
            needs_service=True,
        ),
        _role(
            "responsible_person",
            "Responsible person",
            "Signs responses: the chief executive, or whom they delegated.",
            P.SEE_ALL_CASES,
            P.SIGN,
            P.SEE_INSIGHT,
            P.KEEP_FIGURES,
            P.RECORD_LEARNING,
            P.PUBLISH,
            P.READ_SURVEYS,
            P.LOOK_AFTER_SELF,
        ),
        _role(
            "action_owner",
            "Action owner",
            "Carries out a promised action and shows that it worked.",
            P.LOG_FEEDBACK,
            P.DO_ACTIONS,
            P.LOOK_AFTER_SELF,
        ),
        _role("overseer", "Overseer", "Watches over the figures from another body; never sees a case.", P.SEE_INSIGHT),
        _role(
            "administrator",
            "Administrator",
            "Looks after people, services and settings; sees no case by this role.",
            P.ADMINISTER,
            P.ENTER_ACTIVITY,
            P.LOOK_AFTER_SELF,
        ),
    ]
}
ROLE_CHOICES = [(role.key, role.name) for role in ROLES.values()]


def permissions_of(role_keys: list[str]) -> frozenset[Permission]:
    """All that the roles together allow."""
    return frozenset().union(*(ROLES[key].permissions for key in role_keys))


def roles_with(permission: Permission) -> list[str]:
    return [role.key for role in ROLES.values() if permission in role.permissions]
