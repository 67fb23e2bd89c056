"use strict";
(() => {
  const form = document.getElementById("filter");
  const result = document.getElementById("by-result");
  const who = document.getElementById("by-who");
  const shown = document.getElementById("shown");
  const entries = [...document.querySelectorAll("[data-result]")];
  const parts = [...document.querySelectorAll(".group, .step")];
  const fits = (entry) =>
    (!result.value || entry.dataset.result === result.value) &&
    (!who.value || entry.dataset.who === who.value);
  const show = () => {
    for (const entry of entries) entry.hidden = !fits(entry);
    for (const part of parts) part.hidden = !part.querySelector("[data-result]:not([hidden])");
    const checks = entries.filter((entry) => entry.matches(".check"));
    const left = checks.filter((entry) => !entry.hidden).length;
    shown.textContent = left === checks.length ? "" : `${left} of ${checks.length} checks`;
  };
  form.hidden = false;
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
})();
