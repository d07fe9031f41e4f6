// A comment that was typed and not sent is not left behind unasked.
"use strict";

(() => {
  let leaving = false;
  const drafts = () => [...document.querySelectorAll("[data-draft]")].filter((one) => one.value.trim());

  document.addEventListener("submit", (event) => {
    const sent = event.target;
    leaving = sent.matches("form") && drafts().every((one) => one.form === sent);
  });
  window.addEventListener("pageshow", () => (leaving = false));
  document.addEventListener("htmx:afterRequest", () => (leaving = false));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && drafts().length) event.preventDefault();
  });
})();
