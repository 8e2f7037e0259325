// Small comforts; every page works without them. No address outside of our own host is ever asked.
"use strict";

(function () {
  const root = document.documentElement;
  root.classList.add("scripted");

  // Inside Airflow's frame: follow its light or dark theme, and open its own pages in its window.
  let outer = null;
  try {
    outer = window.parent !== window && window.parent.document ? window.parent : null;
  } catch (error) {
    outer = null; // framed by another host: nothing to follow
  }
  if (outer) {
    root.classList.add("framed");
    const follow = () => {
      const theirs = outer.document.documentElement;
      const dark = theirs.classList.contains("dark") || theirs.dataset.theme === "dark";
      root.dataset.theme = dark ? "dark" : "light";
    };
    follow();
    new MutationObserver(follow).observe(outer.document.documentElement, {
      attributes: true,
      attributeFilter: ["class", "data-theme"],
    });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-outer]");
    if (!link || !outer || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const away = outer.document.createElement("a"); // the frame itself may not leave its window
    away.href = link.href;
    away.hidden = true;
    outer.document.body.append(away);
    away.click();
    away.remove();
  });

  for (const field of document.querySelectorAll("select[data-submit]")) {
    field.addEventListener("change", () => field.form.submit());
  }

  // A fact and its sentence light up together, whichever of the two was chosen.
  const pieces = (id) => document.querySelectorAll(`[data-facts~="${CSS.escape(id)}"]`);
  const light = (id, name, on) => {
    for (const piece of pieces(id)) piece.classList.toggle(name, on);
    const card = document.getElementById(`fact-${id}`);
    if (card) card.classList.toggle(name, on);
  };
  let chosen = null;

  function show(event) {
    const wanted = /^#(fact|at)-(.+)$/.exec(decodeURIComponent(location.hash));
    if (chosen) light(chosen, "chosen", false);
    chosen = wanted ? wanted[2] : null;
    if (!chosen) return;
    light(chosen, "chosen", true);
    const first = pieces(chosen)[0];
    const card = document.getElementById(`fact-${chosen}`);
    const wide = window.matchMedia("(min-width: 60rem)").matches;
    const still = event.type === "load" || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = still ? "instant" : "smooth";
    if (card && wide) {
      const panel = card.closest(".panel"); // moved at once: two smooth movements would stop each other
      const top = card.getBoundingClientRect().top - panel.getBoundingClientRect().top;
      panel.scrollTo({ top: panel.scrollTop + top - panel.clientHeight / 3, behavior: "instant" });
    } else if (card && wanted[1] === "fact") {
      card.scrollIntoView({ block: "center", behavior });
    }
    if (first && (wide || wanted[1] === "at")) first.scrollIntoView({ block: "center", behavior });
  }
  window.addEventListener("hashchange", show);
  if (document.querySelector(".report")) {
    window.addEventListener("load", show);
    for (const kind of ["mouseover", "mouseout"]) {
      document.addEventListener(kind, (event) => {
        const piece = event.target.closest("[data-facts]");
        const card = event.target.closest(".panel .card");
        const ids = piece ? piece.dataset.facts.split(" ") : card ? [card.id.replace("fact-", "")] : [];
        for (const id of ids) light(id, "near", kind === "mouseover");
      });
    }
  }

  // Choosing «correct» opens the fields, the other decisions leave them alone.
  const fields = document.querySelector("form.decide .correction");
  if (fields) {
    const decide = fields.form;
    const update = () => {
      fields.disabled = decide.elements.verdict.value !== "corrected";
    };
    decide.addEventListener("change", update);
    update();
  }
})();
