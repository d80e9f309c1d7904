"""Signing in, for staff."""

from django import forms as django_forms

from heed.design import forms


class SignInForm(forms.Form):
    email = forms.EmailField(label="Work email address", autocomplete="username")
    password = forms.CharField(
        label="Password",
        max_length=4096,
        strip=False,
        autocomplete="current-password",
        widget=django_forms.PasswordInput(attrs={"class": "govuk-input"}),
    )
