"""Procedures: every file is loaded and checked, against the figures and duties that the sources give."""

import tomllib
from datetime import date

import pytest
from pydantic import ValidationError

from heed.cases.parts import BY_CODE
from heed.organisations import code_lists, procedures
from heed.organisations.code_lists.provenance import Status
from heed.organisations.procedures import loading
from heed.organisations.procedures.ombudsmen import OmbudsmanCard, cards
from heed.organisations.procedures.schema import Procedure

KEYS = ["lgsco-2024", "nhs-2009", "ukcg"]


def test_the_procedures_are_these():
    assert procedures.keys() == KEYS
    assert [procedure.key for procedure in procedures.load_all()] == KEYS


def test_an_unknown_procedure_is_refused_with_the_list():
    with pytest.raises(procedures.Unknown) as refused:
        procedures.load("nhs")
    assert str(refused.value) == "There is no procedure 'nhs'. There are: lgsco-2024, nhs-2009, ukcg."


def test_a_procedure_is_loaded_for_a_day():
    assert procedures.load("nhs-2009", on=date(2009, 4, 1)).key == "nhs-2009"
    with pytest.raises(procedures.Unknown, match="no version for 2009-03-31"):
        procedures.load("nhs-2009", on=date(2009, 3, 31))


@pytest.mark.parametrize("key", KEYS)
def test_every_setting_has_a_provenance(key):
    settings = procedures.load(key).settings()
    assert {"bank_holidays", "pauses_move", "extension_needs", "signed_by", "stage_1.acknowledge_days"} <= set(settings)
    for name, setting in settings.items():
        assert setting.status in Status, name
        assert len(setting.source) > 10, name


@pytest.mark.parametrize("key", KEYS)
def test_what_is_not_confirmed_has_a_caveat_and_what_is_has_none(key):
    procedure = procedures.load(key)
    caveats = procedure.timescales.caveats
    for name, setting in procedure.settings().items():
        assert (name in caveats) == (setting.status in (Status.RECALLED, Status.INFERRED)), name
        if name in caveats:
            assert setting.status.value in caveats[name]
            assert setting.source in caveats[name]


def test_the_figures_are_those_of_the_sources():
    figures = {
        key: [
            (stage.acknowledge_days, stage.respond, stage.respond_days, stage.extension_days)
            for stage in procedures.load(key).timescales.stages
        ]
        for key in KEYS
    }
    assert figures == {
        "nhs-2009": [(3, "agreed", 0, None)],
        "lgsco-2024": [(5, "counted", 10, 10), (5, "counted", 20, 20)],
        "ukcg": [(3, "agreed", 0, None), (3, "counted", 20, None)],
    }


@pytest.mark.parametrize(
    ("key", "late_arrival", "pauses", "needs"),
    [("nhs-2009", False, False, "agreement"), ("lgsco-2024", True, True, "reason"), ("ukcg", True, False, "agreement")],
)
def test_the_settings_of_the_clock(key, late_arrival, pauses, needs):
    procedure = procedures.load(key)
    assert procedure.timescales.late_arrival_moves_to_next_working_day is late_arrival
    assert procedure.timescales.pauses_move is pauses
    assert procedure.timescales.extension_needs == needs
    assert procedure.clock.late_arrival_moves_to_next_working_day.status == Status.INFERRED
    assert procedure.clock.pauses_move.status == Status.INFERRED
    assert procedure.clock.complain_within_months.value == 12


def test_provenance_of_what_is_only_recalled_or_read_elsewhere():
    ukcg, nhs = procedures.load("ukcg"), procedures.load("nhs-2009")
    assert ukcg.stages[0].acknowledge_days.status == Status.RECALLED
    assert ukcg.stages[1].acknowledge_days.status == Status.RECALLED
    assert "MHCLG" in ukcg.stages[1].respond_days.source
    assert nhs.stages[0].acknowledge_days.status == Status.FOUND
    assert nhs.working_days.bank_holidays.status == Status.PARALLEL
    assert not Status.RECALLED.is_confirmed
    assert Status.PARALLEL.is_confirmed


def test_who_may_answer_and_sign_at_which_stage():
    nhs, code, ukcg = procedures.load("nhs-2009"), procedures.load("lgsco-2024"), procedures.load("ukcg")
    assert not nhs.service_may_answer(1)
    assert not nhs.service_may_sign(1)
    for procedure in (code, ukcg):
        assert procedure.service_may_answer(1)
        assert procedure.service_may_sign(1)
        assert not procedure.service_may_answer(2)
        assert not procedure.service_may_sign(2)
        assert procedure.stage(2).needs_another_person.value
    assert "responsible person" in nhs.letters.signed_by.value


def test_stages_and_how_time_comes_about():
    assert {key: procedures.load(key).stages_count for key in KEYS} == {"nhs-2009": 1, "lgsco-2024": 2, "ukcg": 2}
    assert [key for key in KEYS if procedures.load(key).period_is_agreed] == ["nhs-2009", "ukcg"]
    assert [key for key in KEYS if procedures.load(key).extension_tells_ombudsman] == ["lgsco-2024"]


def test_settled_in_conversation_is_known_to_the_nhs_regulations_alone():
    assert [key for key in KEYS if procedures.load(key).settled_orally_allowed] == ["nhs-2009"]
    assert procedures.load("nhs-2009").settled_orally.working_days == 1


def test_the_commissioner_may_be_chosen_in_the_nhs_alone():
    choice = procedures.load("nhs-2009").commissioner_choice
    assert choice.status == Status.FOUND
    assert "Listening, Responding, Improving (2009)" in choice.source
    sectors = ("nhs", "adult-social-care", "council", "social-housing", "central")
    given = [(key, sector) for key in KEYS for sector in sectors
             if procedures.load(key).commissioner_may_be_chosen(sector)]  # fmt: skip
    assert given == [("nhs-2009", "nhs")]


def test_closed_days_are_month_and_day():
    assert procedures.load("nhs-2009").closed_days == ((12, 25),)
    assert procedures.load("lgsco-2024").closed_days == ()


@pytest.mark.parametrize("key", KEYS)
def test_what_a_procedure_names_exists(key):
    procedure = procedures.load(key)
    assert code_lists.load(procedure.subject_list).key == procedure.subject_list
    assert {exclusion.code for exclusion in procedure.exclusions} <= set(code_lists.load("exclusions").codes())
    assert {route.ombudsman for route in procedure.routes} <= set(cards())
    assert {duty.part for duty in procedure.letters.response} <= set(BY_CODE)


def test_every_exclusion_of_the_code_list_is_used_by_a_procedure():
    used = {exclusion.code for procedure in procedures.load_all() for exclusion in procedure.exclusions}
    assert used == set(code_lists.load("exclusions").codes())


@pytest.mark.parametrize("key", KEYS)
def test_every_response_tells_of_the_ombudsman(key):
    assert "ombudsman" in {duty.part for duty in procedures.load(key).letters.response}


# Ombudsmen ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "nation", "sector", "ombudsman"),
    [
        ("nhs-2009", "england", None, "phso"),
        ("nhs-2009", "england", "nhs", "phso"),
        ("nhs-2009", "england", "adult-social-care", "lgsco"),
        ("nhs-2009", "england", "council", "lgsco"),
        ("nhs-2009", "scotland", "nhs", "spso"),
        ("lgsco-2024", "england", None, "lgsco"),
        ("lgsco-2024", "england", "social-housing", "hos"),
        ("lgsco-2024", "wales", None, "psow"),
        ("lgsco-2024", "northern-ireland", "council", "nipso"),
        ("ukcg", "england", None, "phso"),
        ("ukcg", "scotland", "central", "phso"),
    ],
)
def test_the_ombudsman_of_a_nation_and_sector(key, nation, sector, ombudsman):
    assert procedures.load(key).ombudsman_for(nation, sector) == cards()[ombudsman]


def test_where_no_route_is_known_none_is_given():
    assert procedures.load("ukcg").ombudsman_for("england", "social-housing") is None


def test_a_department_is_reached_through_an_mp_and_some_have_a_tier_before():
    ukcg = procedures.load("ukcg")
    assert [route.how for route in ukcg.routes if route.ombudsman == "phso"] == ["through an MP"]
    tiers = [route.ombudsman for route in ukcg.routes if route.how == "first, before the Ombudsman"]
    assert tiers == ["ice", "adjudicator"]


def test_no_contact_of_2009_is_shipped():
    for card in cards().values():
        assert card.phone == ""
        assert card.url in ("", "https://www.ombudsman.org.uk", "https://www.lgo.org.uk")
        assert (card.checked_on is None) == (card.url == "")


def card(checked_on: date | None, **given: str) -> OmbudsmanCard:
    return OmbudsmanCard(
        key="x", name="Ombudsman", short_name="O", status=Status.FOUND, source="a test", checked_on=checked_on, **given
    )


@pytest.mark.parametrize(
    ("checked_on", "on", "stale"),
    [
        (date(2026, 4, 2), date(2026, 4, 2), False),
        (date(2026, 4, 2), date(2027, 4, 2), False),
        (date(2026, 4, 2), date(2027, 4, 3), True),
        (date(2028, 2, 29), date(2029, 2, 28), False),
        (date(2028, 2, 29), date(2029, 3, 1), True),
        (None, date(2026, 4, 2), True),
    ],
)
def test_a_card_is_stale_after_twelve_months_or_when_never_checked(checked_on, on, stale):
    assert card(checked_on).is_stale(on) is stale
    assert bool(card(checked_on).warning(on)) is stale


def test_a_stale_card_warns_in_a_sentence():
    assert card(None).warning(date(2026, 4, 2)) == (
        "The contact card of the Ombudsman has never been checked. Check it before a letter gives it."
    )
    assert "was last checked on 2 April 2026" in card(date(2026, 4, 2)).warning(date(2028, 1, 1))


def test_the_contact_line_gives_what_is_known():
    assert card(None).contact_line == ""
    assert card(None, url="https://www.x.example", phone="01632 960 000").contact_line == "www.x.example, 01632 960 000"
    assert card(None, phone="01632 960 000").contact_line == "01632 960 000"


# The schema ------------------------------------------------------------------------------------------------------


def written(key: str) -> dict:
    return tomllib.loads((loading.FOLDER / f"{key}.toml").read_text(encoding="utf-8"))


def test_a_file_as_it_is_passes():
    assert Procedure.model_validate(written("lgsco-2024")) == procedures.load("lgsco-2024")


def without_days(data: dict) -> None:
    del data["stages"][0]["respond_days"]


def days_where_none_belong(data: dict) -> None:
    data["stages"][0]["respond"]["value"] = "agreed"


def three_stages(data: dict) -> None:
    data["stages"] *= 2


def no_source(data: dict) -> None:
    data["clock"]["pauses_move"]["source"] = ""


def no_status(data: dict) -> None:
    del data["clock"]["pauses_move"]["status"]


def misspelt(data: dict) -> None:
    data["clock"]["pauses_moves"] = data["clock"].pop("pauses_move")


def unknown_ombudsman(data: dict) -> None:
    data["routes"][0]["ombudsman"] = "oprah"


def unknown_exclusion(data: dict) -> None:
    data["exclusions"][0]["code"] = "too_long"


def unknown_nation(data: dict) -> None:
    data["routes"][0]["nations"] = ["france"]


def a_choice_in_no_sector(data: dict) -> None:
    data["commissioner_choice"] = {"sectors": [], "status": "FOUND", "source": "a test"}


def a_choice_without_source(data: dict) -> None:
    data["commissioner_choice"] = {"sectors": ["nhs"]}


def no_such_day(data: dict) -> None:
    data["working_days"]["closed_days"]["value"] = ["13-25"]


@pytest.mark.parametrize(
    "break_it",
    [without_days, days_where_none_belong, three_stages, no_source, no_status, misspelt, unknown_ombudsman,
     unknown_exclusion, unknown_nation, no_such_day, a_choice_in_no_sector, a_choice_without_source],
)  # fmt: skip
def test_a_file_that_breaks_the_schema_is_refused(break_it):
    data = written("lgsco-2024")
    break_it(data)
    with pytest.raises((ValidationError, code_lists.Unknown)):
        Procedure.model_validate(data)


def test_a_procedure_cannot_be_changed():
    with pytest.raises(ValidationError):
        procedures.load("ukcg").clock.pauses_move.value = True
