"""What leads from page to page: sections, tabs and next steps lead where they say, and only those who may go there."""

import pytest
from django.urls import resolve, reverse

from heed.accounts.permissions import Viewer
from heed.accounts.roles import ROLES, Permission
from heed.cases.rules import STEPS
from heed.staff.case_page import STEP_PAGES, TABS
from heed.staff.navigation import SECTIONS, first_page, sections

TAB_ROUTES = {route for _, route, _ in TABS}


def permissions(route: str, *args: str) -> set[Permission]:
    return set(resolve(reverse(route, args=["any", *args])).func.permissions)


def viewer(role: str) -> Viewer:
    return Viewer(1, "Sam", 1, "any", ((role, 1 if ROLES[role].needs_service else None),))


def test_every_step_has_its_page_for_those_who_may_open_it() -> None:
    assert set(STEP_PAGES) == set(STEPS)
    for code, step in STEP_PAGES.items():
        asked = permissions(step.route, "TB-1")
        if step.route in TAB_ROUTES:  # a tab is read by more people than act on it
            assert asked, code
        else:
            assert set(step.any_of) == asked, code


def test_every_tab_and_section_asks_what_its_page_asks() -> None:
    for _, route, any_of in TABS:
        assert set(any_of) == permissions(route, "TB-1"), route
    for section in SECTIONS:
        assert set(section.any_of) == permissions(section.route) or section.route == "worklist", section.label


@pytest.mark.parametrize("role", list(ROLES))
def test_each_role_has_somewhere_to_begin_and_one_present_section(role: str) -> None:
    links = sections(viewer(role), "/any/staff/cases/TB-1/history/")
    assert links
    assert first_page(viewer(role)) in {link.href for link in links}
    present = [link.label for link in links if link.current]
    assert present in (["All cases"], [])
