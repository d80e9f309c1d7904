// What GOV.UK Frontend's components do, for those that Heed uses. Every page works without it.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink]) {
  createAll(component);
}
