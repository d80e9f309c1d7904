"""The HTML of forms and tags: the design system's documented classes, described to those who do not see it, escaped."""

import datetime
import re
from typing import Any

import pytest
from django import forms as django_forms
from django.template import Context, Template

from heed.design import forms
from heed.design.components import Link

SCRIPT = "<script>alert(1)</script>"


def draw(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


class Question(forms.Form):
    one_question = True
    error_title = "We need a little more"

    what = forms.LongTextField(
        label="What happened?", subject="what happened", help_text="In your words.", max_length=50
    )


class Several(forms.Form):
    fieldsets = (("About you", ("name", "born_on")),)

    name = forms.CharField(label="Name", autocomplete="name", width=20)
    born_on = forms.DateField(label="Date of birth", birthday=True)
    how = forms.ChoiceField(
        label="How?",
        choices=[("phone", "Phone"), ("none", "Not at all")],
        hints={"phone": "From a hidden number."},
        reveals={"phone": ["phone"]},
        divider_before="none",
    )
    phone = forms.PhoneField(label="Phone number", required=False)
    version = forms.HiddenField()


def test_the_only_question_is_the_heading_of_the_page() -> None:
    html = str(Question())
    assert '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="id_what">' in html
    assert 'aria-describedby="id_what-info id_what-hint"' in html
    assert 'data-maxlength="50"' in html
    assert "maxlength=" not in html.replace("data-maxlength=", "")


def test_an_error_is_tied_to_its_question_and_to_the_summary() -> None:
    form = Question({"what": "x" * 60})
    html = str(form)
    assert "govuk-form-group--error" in html
    assert 'aria-describedby="id_what-info id_what-hint id_what-error"' in html
    assert "x" * 60 in html
    summary = draw("{% error_summary form %}", form=form)
    assert "We need a little more" in summary
    assert '<a href="#id_what">What happened must be 50 characters or fewer. You wrote 60.</a>' in summary


def test_the_summary_leads_to_the_box_at_fault() -> None:
    form = Several(
        {"name": "Ann", "born_on_day": "5", "born_on_month": "", "born_on_year": "1970", "how": "", "version": ""}
    )
    summary = draw("{% error_summary form %}", form=form)
    html = str(form)
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in html
    assert 'href="#id_born_on_1"' in summary
    assert 'href="#id_how_0"' in summary
    assert "<li>Enter an answer</li>" in summary
    assert len(re.findall("govuk-date-input__input[^>]*govuk-input--error", html)) == 1


def test_groups_reveals_hints_and_optional() -> None:
    html = str(Several())
    assert html.index("About you") < html.index('name="name"') < html.index('name="how"')
    assert html.count('name="phone"') == 1
    assert html.index('value="phone"') < html.index('name="phone"') < html.index('value="none"')
    assert 'Phone number <span class="heed-optional">(optional)</span>' in html
    assert 'aria-describedby="id_how_0-item-hint"' in html
    assert '<div class="govuk-radios__divider">or</div>' in html
    assert 'autocomplete="bday-day"' in html
    assert 'type="hidden" name="version"' in html


def test_a_plain_form_of_djangos_is_drawn_too() -> None:
    class Plain(django_forms.Form):
        name = django_forms.CharField(max_length=5)
        why = django_forms.CharField(widget=django_forms.Textarea, max_length=9, required=False)
        pick = django_forms.ChoiceField(choices=[("a", "A")])

    html = str(Plain())
    assert 'class="govuk-input"' in html
    assert 'class="govuk-select"' in html
    assert " maxlength=" not in html
    assert "required" not in html


def test_what_people_type_is_never_markup() -> None:
    html = str(Several({"name": SCRIPT, "born_on_day": SCRIPT, "how": SCRIPT, "phone": SCRIPT, "version": SCRIPT}))
    assert SCRIPT not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "source",
    [
        "{% button x href=x %}{% button x name=x value=x %}",
        "{% back_link x x %}",
        "{% tag x %}{% risk x %}",
        "{% details x %}{{ x }}{% enddetails %}",
        "{% inset %}{{ x }}{% endinset %}{% warning %}{{ x }}{% endwarning %}",
        "{% notification x %}{{ x }}{% endnotification %}{% panel x %}{{ x }}{% endpanel %}",
        "{% empty x %}{{ x }}{% endempty %}{% rail_group x %}{{ x }}{% endrail_group %}",
        "{% summary_list %}{% row x href=x action=x what=x %}{{ x }}{% endrow %}{% endsummary_list %}",
        "{% timeline %}{% entry x at=at by=x %}{{ x }}{% endentry %}{% endtimeline %}",
        "{% tabs links x %}{% navigation links x %}{% breadcrumbs links %}{% filter_links x links %}",
        "{% search_box x action=x name=x value=x %}{% pagination newer=x older=x %}",
        "{{ x|paragraphs }}",
    ],
)
def test_no_tag_lets_markup_through(source: str) -> None:
    html = draw(source, x=SCRIPT, at=datetime.date(2026, 5, 5), links=[Link(SCRIPT, SCRIPT)])
    assert "<script" not in html
    assert html.strip()


def test_tags_nest_without_being_escaped() -> None:
    html = draw('{% summary_list %}{% row "Risk" %}{% risk "high" %}{% endrow %}{% endsummary_list %}')
    assert '<dd class="govuk-summary-list__value"><strong class="heed-risk heed-risk--high">High</strong></dd>' in html


def test_the_current_page_and_choice_are_marked_for_all() -> None:
    links = [Link("Mine", "/a", current=True, count=1204), Link("All", "/b")]
    html = draw('{% filter_links "Whose" links %}', links=links)
    assert html.count('aria-current="true"') == 1
    assert "1,204" in html
    assert draw('{% tabs links "Case" %}', links=links).count('aria-current="page"') == 1


def test_a_risk_that_is_not_rated_says_so_and_an_unknown_colour_is_refused() -> None:
    assert "Not rated yet" in draw("{% risk level %}", level="")
    with pytest.raises(ValueError, match="not a tag colour"):
        draw('{% tag "Late" "amber" %}')


def test_filters_say_nothing_of_nothing() -> None:
    assert draw("{{ none|day }}{{ none|money }}{{ missing|moment }}", none=None) == ""
    assert draw('{{ 2|count:"reply,replies" }} {{ 1|plural:"issue" }} {{ n|money }}', n=25000) == "2 replies issue £250"


def test_two_fields_of_one_form_keep_their_own_error_ids() -> None:
    ids = re.findall(r' id="([^"]+)"', str(Several({})))
    assert len(ids) == len(set(ids))
