"""Who owns an action, and the link through which an owner without an account answers."""

from django.http import HttpResponse

from heed.accounts.permissions import Permission
from heed.learning import actions as learning
from heed.learning import queries
from heed.staff.forms import learning as forms
from heed.staff.scope import StaffRequest, member
from heed.staff.views.action import get_action, take_step

SENDS = "It goes to the same address and works for two weeks. A link that was sent before stops working."
WITHDRAWS = (
    "Nobody can open the action by it any more. The owner is not told of that, and the action stays theirs until it is given "
    "to somebody else."
)


@member(Permission.RECORD_LEARNING)
def owner(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """Somebody else owns it."""
    found = get_action(request, action_id)
    owners = queries.possible_owners(found.organisation_id, found.service_id, found.learning_point.case_ids)
    form = forms.OwnerForm.of(request, action=found, owners=owners)
    done = "It has another owner."
    return take_step(request, found, form, learning.give_to, done, title="Change the owner", button="Give it to them")


@member(Permission.RECORD_LEARNING)
def send_link(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """A new link for an owner without an account."""
    found = get_action(request, action_id)
    form = forms.LinkForm.of(request, action=found)
    done = "A new link is on its way. One that was sent before no longer works."
    title = "Send the owner a new link"
    page = {"title": title, "button": "Send a new link", "about": SENDS}
    return take_step(request, found, form, learning.send_owner_link, done, **page)


@member(Permission.RECORD_LEARNING)
def withdraw_link(request: StaffRequest, org: str, action_id: int) -> HttpResponse:
    """The link no longer works."""
    found = get_action(request, action_id)
    form = forms.LinkForm.of(request, action=found)
    done = "The link no longer works."
    title = "Withdraw the owner’s link"
    page = {"title": title, "button": "Withdraw the link", "about": WITHDRAWS}
    return take_step(request, found, form, learning.withdraw_owner_link, done, **page)
