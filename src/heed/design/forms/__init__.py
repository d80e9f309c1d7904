"""Forms on the documented HTML of the GOV.UK Design System: `from heed.design import forms`, then `forms.Form`.

`{{ form }}` renders all of it; `{% field form.name %}` one question. How to use it: docs/how-to/pages.md.
"""

from django.forms import HiddenInput, ValidationError

from heed.design.forms.bound import BoundField
from heed.design.forms.choices import ChoiceField, MultipleChoiceField, SelectField, TickField, YesNoField
from heed.design.forms.dates import DateField, TimeField
from heed.design.forms.files import FilesField
from heed.design.forms.form import Form
from heed.design.forms.numbers import MoneyField, NHSNumberField, NumberField
from heed.design.forms.renderer import Renderer
from heed.design.forms.texts import CharField, EmailField, HiddenField, LongTextField, PhoneField

__all__ = [
    "BoundField",
    "CharField",
    "ChoiceField",
    "DateField",
    "EmailField",
    "FilesField",
    "Form",
    "HiddenField",
    "HiddenInput",
    "LongTextField",
    "MoneyField",
    "MultipleChoiceField",
    "NHSNumberField",
    "NumberField",
    "PhoneField",
    "Renderer",
    "SelectField",
    "TickField",
    "TimeField",
    "ValidationError",
    "YesNoField",
]
