// A worklist by keyboard, beside the usual tab and enter: j and k move, / searches, ? lists the keys.
// Single keys can disturb people who speak to their computer, so they can be turned off, and stay off.
const OFF = "heed-keys-off";
const keys = document.querySelector("[data-heed-keys]");

const stored = {
  get off() { try { return localStorage.getItem(OFF) === "yes"; } catch { return false; } },
  set off(value) { try { localStorage.setItem(OFF, value ? "yes" : "no"); } catch { /* not remembered, no harm */ } },
};

const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

const move = (step) => {
  const links = [...document.querySelectorAll("[data-row] a[href]:first-of-type")]
    .filter((link, index, all) => all.findIndex((other) => other.closest("[data-row]") === link.closest("[data-row]")) === index);
  const row = document.activeElement.closest("[data-row]");
  const here = links.findIndex((link) => link.closest("[data-row]") === row);
  const next = links[here < 0 ? 0 : Math.min(links.length - 1, Math.max(0, here + step))];
  next?.focus();
};

const does = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => document.querySelector("[data-heed-search]")?.focus(),
  "?": () => { keys.open = true; keys.querySelector("summary").focus(); },
};

if (keys) {
  const turn = keys.querySelector("[data-heed-keys-turn]");
  const show = () => { turn.hidden = false; turn.textContent = stored.off ? "Turn the keys on" : "Turn the keys off"; };
  turn.addEventListener("click", () => { stored.off = !stored.off; show(); });
  show();
  document.addEventListener("keydown", (event) => {
    const act = does[event.key];
    if (!act || stored.off || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    event.preventDefault();
    act();
  });
}
