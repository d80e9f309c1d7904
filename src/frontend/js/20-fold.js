// Filters and the rail: folded on a phone, open where there is room. Styles do the same where they can; this is for the rest.
const room = window.matchMedia("(min-width: 61.25em)");
const folds = document.querySelectorAll("[data-heed-fold]");
const fold = () => folds.forEach((details) => { details.open = room.matches; });
room.addEventListener("change", fold);
fold();
window.addEventListener("beforeprint", () => folds.forEach((details) => { details.open = true; }));
window.addEventListener("afterprint", fold);
