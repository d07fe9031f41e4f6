// Times of day are told in the reader's own zone. Without this they are in the site's, and say so.
"use strict";

(() => {
  const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const DAY = { day: "numeric", month: "long", year: "numeric" };
  const SHORT = { day: "numeric", month: "numeric", year: "numeric" };

  function tellInOwnZone() {
    for (const one of document.querySelectorAll("time[data-moment]")) {
      const moment = new Date(one.dateTime);
      const form = one.dataset.moment;
      const clock = form.includes("s") ? { ...CLOCK, second: "2-digit" } : CLOCK;
      const words = [moment.toLocaleTimeString("en-GB", clock)];
      const language = one.dataset.language;
      const tag = language ? `${language}-u-nu-latn-ca-gregory` : "en-GB";
      const parts = !language || /^de\b/.test(language) ? DAY : SHORT;
      if (form.includes("Y")) words.unshift(moment.toLocaleDateString(tag, parts));
      one.title = one.textContent;
      one.textContent = words.join(", ");
      one.removeAttribute("data-moment");
    }
  }

  document.addEventListener("htmx:afterSettle", tellInOwnZone);
  tellInOwnZone();
})();
