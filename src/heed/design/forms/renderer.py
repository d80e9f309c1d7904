"""FORM_RENDERER: every form of the program, ours or Django's, comes out as the design system's HTML."""

from django.forms.renderers import TemplatesSetting

from heed.design.forms.bound import BoundField


class Renderer(TemplatesSetting):
    form_template_name = "heed/forms/form.html"
    field_template_name = "heed/forms/field.html"
    bound_field_class = BoundField
