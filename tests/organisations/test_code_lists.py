"""Code lists: every file is loaded and checked; codes, labels, versions and the risk matrix."""

import re
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from heed.organisations import code_lists
from heed.organisations.code_lists import versions
from heed.organisations.code_lists.provenance import Status
from heed.organisations.code_lists.schema import CodeList, RiskMatrix

KEYS = [
    "activity", "adjustments", "channels", "complainant-status", "desired-outcomes", "evidence", "exclusions",
    "extension-reasons", "factors", "findings", "involvement", "likelihood", "other-voices", "professions-nhs", "relationships",
    "remedies", "risk", "risk-flags", "seriousness", "services-nhs", "skills", "staff-support", "story-uses",
    "subjects-central", "subjects-council", "subjects-nhs", "what-helps",
]  # fmt: skip
# The headings of the published return, as its readers know them (KO41a 2024-25).
RETURN = [
    "Subject_Area_Access_To_Treatment_Or_Drugs",
    "Subject_Area_Admissions_Discharge_And_Transfers",
    "Subject_Area_Appointments",
    "Subject_Area_Commissioning_Services",
    "Subject_Area_Communications",
    "Subject_Area_Consent_To_Treatment",
    "Subject_Area_End_Of_Life_Care",
    "Subject_Area_Facilities_Services",
    "Subject_Area_Integrated_Care",
    "Subject_Area_Patient_Care_Including_Nutrition_Hydration",
    "Subject_Area_Mortuary_And_Post_Mortem_Arrangements",
    "Subject_Area_Prescribing_Errors",
    "Subject_Area_Privacy_Dignity_And_Wellbeing",
    "Subject_Area_Restraint",
    "Subject_Area_Staffing_Numbers",
    "Subject_Area_Transport",
    "Subject_Area_Trust_Administration",
    "Subject_Area_Values_And_Behaviours",
    "Subject_Area_Waiting_Times",
    "Subject_Area_Other",
    "Clinical_Treatment_Accident_And_Emergency",
    "Clinical_Treatment_Anaesthetics",
    "Clinical_Treatment_Clinical_Oncology",
    "Clinical_Treatment_Dental_Group",
    "Clinical_Treatment_General_Medicine_Group",
    "Clinical_Treatment_Obstetrics_And_Gynaecology",
    "Clinical_Treatment_Paediatric_Group",
    "Clinical_Treatment_Pathology_Group",
    "Clinical_Treatment_PHM_And_CHS_Group",
    "Clinical_Treatment_Psychiatry_Group",
    "Clinical_Treatment_Radiology_Group",
    "Clinical_Treatment_Surgical_Group",
]


def test_the_lists_are_these():
    assert code_lists.keys() == KEYS
    assert [code_list.key for code_list in code_lists.load_all()] == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_every_list_says_where_it_comes_from_and_has_a_label_for_every_code(key):
    code_list = code_lists.load(key)
    assert code_list.key == key
    assert code_list.title
    assert code_list.source
    assert isinstance(code_list.effective_from, date)
    assert code_list.choices() == [(code, code_list.label(code)) for code in code_list.codes()]
    for code in code_list.codes():
        assert code in code_list
        assert re.match(r"(FOUND|PARALLEL|RECALLED|INFERRED): ...", code_list.provenance_of(code))
    assert len({label for _code, label in code_list.choices()}) == len(code_list.items)


def test_the_nhs_subjects_are_the_columns_of_the_return_in_order():
    subjects = code_lists.load("subjects-nhs")
    assert [item.published_as for item in subjects.items] == RETURN
    assert [len(pairs) for _group, pairs in subjects.grouped_choices()] == [20, 12]
    assert subjects.status == Status.FOUND


@pytest.mark.parametrize("key", ["subjects-council", "subjects-central", "remedies", "extension-reasons"])
def test_lists_of_our_own_are_marked_so(key):
    code_list = code_lists.load(key)
    assert code_list.status == Status.INFERRED
    assert not code_list.status.is_confirmed


def test_findings_are_the_three_of_the_guidance():
    assert code_lists.load("findings").choices() == [
        ("upheld", "Upheld"),
        ("partly_upheld", "Partly upheld"),
        ("not_upheld", "Not upheld"),
    ]


def test_a_subject_list_always_has_a_last_resort():
    for key in ("subjects-nhs", "subjects-council", "subjects-central"):
        assert "other" in code_lists.load(key)


def test_an_item_may_have_a_provenance_of_its_own():
    channels = code_lists.load("channels")
    assert channels.provenance_of("phone").startswith("FOUND: Listening, Responding, Improving")
    assert channels.provenance_of("import").startswith("INFERRED")


def test_an_unknown_code_is_refused_with_the_codes_there_are():
    findings = code_lists.load("findings")
    assert "perhaps" not in findings
    with pytest.raises(KeyError) as refused:
        findings.label("perhaps")
    assert str(refused.value) == "Findings has no code 'perhaps'. There are: upheld, partly_upheld, not_upheld."


def test_an_unknown_list_is_refused_with_the_lists_there_are():
    with pytest.raises(code_lists.Unknown, match=r"no code list 'subjects'.*adjustments, channels.*subjects-nhs"):
        code_lists.load("subjects")


def test_items_cannot_be_changed():
    with pytest.raises(ValidationError):
        code_lists.load("findings").items[0].label = "Right"


def test_ungrouped_choices_stand_first():
    data = {
        "key": "a",
        "version": "1",
        "effective_from": "2026-01-01",
        "title": "A",
        "status": "FOUND",
        "source": "here",
    }
    items = [{"code": "x", "label": "X", "group": "G"}, {"code": "y", "label": "Y"}]
    assert CodeList.model_validate({**data, "items": items}).grouped_choices() == [
        ("", [("y", "Y")]),
        ("G", [("x", "X")]),
    ]


# The risk matrix -------------------------------------------------------------------------------------------------


def test_the_matrix_has_a_cell_for_every_seriousness_and_likelihood_and_only_known_risks():
    matrix = code_lists.default_risk_matrix()
    assert list(matrix) == code_lists.load("seriousness").codes()
    for row in matrix.values():
        assert list(row) == code_lists.load("likelihood").codes()
        assert set(row.values()) <= set(code_lists.load("risk").codes())


def test_the_matrix_fits_the_four_readable_cells_and_the_inferred_scale():
    matrix = code_lists.default_risk_matrix()
    assert matrix["low"]["rare"] == "low"
    assert {matrix["low"]["unlikely"], matrix["medium"]["unlikely"]} == {"moderate"}
    assert {matrix["medium"]["possible"], matrix["high"]["possible"]} == {"high"}
    assert matrix["high"]["likely"] == "extreme"
    level = {2: "low", 3: "moderate", 4: "moderate", 5: "high", 6: "high", 7: "extreme", 8: "extreme"}
    for serious, row in enumerate(matrix.values(), start=1):
        assert list(row.values()) == [level[serious + likely] for likely in range(1, 6)]


def test_the_matrix_is_marked_as_inferred_and_a_copy_may_be_changed():
    assert code_lists.risk_matrix().status == Status.INFERRED
    code_lists.default_risk_matrix()["low"]["rare"] = "extreme"
    assert code_lists.default_risk_matrix()["low"]["rare"] == "low"


# Versions --------------------------------------------------------------------------------------------------------

LIST = """
key = "colours"
version = "{version}"
effective_from = {start}
{end}
title = "Colours"
status = "INFERRED"
source = "a test"
items = [ {{ code = "{code}", label = "Red" }} ]
"""


def write(folder: Path, name: str, start: str, end: str = "", version: str = "1", code: str = "red") -> Path:
    path = folder / name
    path.write_text(LIST.format(version=version, start=start, end=f"effective_to = {end}" if end else "", code=code))
    return path


def test_the_version_of_the_day_is_chosen(tmp_path):
    paths = [
        write(tmp_path, "colours.toml", "2027-01-01", version="2"),
        write(tmp_path, "colours--1.toml", "2020-01-01", "2026-12-31"),
    ]
    found = versions.read(paths, CodeList)
    assert versions.choose(found, "colours", None, "list").version == "2"
    assert versions.choose(found, "colours", date(2027, 1, 1), "list").version == "2"
    assert versions.choose(found, "colours", date(2026, 12, 31), "list").version == "1"
    with pytest.raises(code_lists.Unknown, match=r"'colours' has no version for 2019-12-31.*2020-01-01"):
        versions.choose(found, "colours", date(2019, 12, 31), "list")


def test_versions_may_not_overlap(tmp_path):
    for end in ("", "2027-01-01"):
        paths = [write(tmp_path, "colours--1.toml", "2020-01-01", end), write(tmp_path, "colours.toml", "2027-01-01")]
        with pytest.raises(ValueError, match="must end before"):
            versions.read(paths, CodeList)


def test_a_file_is_named_as_its_key(tmp_path):
    with pytest.raises(ValueError, match="the same name"):
        versions.read([write(tmp_path, "shades.toml", "2020-01-01")], CodeList)


@pytest.mark.parametrize("code", ["Red", "dark red", "dark-red", "", "_red"])
def test_a_code_is_lower_case_with_underscores(tmp_path, code):
    with pytest.raises(ValidationError, match="code"):
        versions.read([write(tmp_path, "colours.toml", "2020-01-01", code=code)], CodeList)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('source = "a test"', ""),
        ('"INFERRED"', '"GUESSED"'),
        ('title = "Colours"', 'title = "Colours"\nshade = 1'),
        ("items = [", 'items = [ { code = "red", label = "Crimson" },'),
        ('version = "1"', ""),
    ],
)
def test_a_file_that_breaks_the_schema_is_refused(tmp_path, written, instead):
    path = write(tmp_path, "colours.toml", "2020-01-01")
    path.write_text(path.read_text().replace(written, instead))
    with pytest.raises(ValueError, match="validation error"):
        versions.read([path], CodeList)


def test_a_list_is_no_matrix(tmp_path):
    with pytest.raises(ValidationError):
        versions.read([write(tmp_path, "colours.toml", "2020-01-01")], RiskMatrix)
