// What GOV.UK Frontend's components do, for those that Heed uses. Every page works without it.
// Not Radios: what a choice reveals is done by the stylesheet, and its aria-expanded is not allowed on a radio.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, SkipLink]) {
  createAll(component);
}
