// Small helps on any page: copy a text, print, show a password, take back a tick that was not saved, unfold what a link
// leads to, one submit per click. Everything works without. What they say stands on the page's body, in its language.
"use strict";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if ("print" in button.dataset) return window.print();
  const field = document.getElementById(button.dataset.copy);
  const status = document.getElementById(button.dataset.status || "copy-status");
  const { copied, linkCopied, copyByKeys } = document.body.dataset;
  button.dataset.own ||= button.textContent;
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = copied;
    button.classList.add("done");
    if (status) status.textContent = button.dataset.said || linkCopied;
    setTimeout(() => {
      button.textContent = button.dataset.own;
      button.classList.remove("done");
    }, 3000);
  } catch {
    field.focus();
    field.select();
    button.textContent = copyByKeys;
  }
});

// A tick that could not be saved goes back to what it was, and says so.
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"])
  document.addEventListener(name, (event) => {
    if (!event.target.matches?.("[data-tick]")) return;
    event.target.checked = !event.target.checked;
    document.getElementById("ticks-save").textContent = document.body.dataset.tickNotSaved;
  });

// What came too often is told above the page; what was typed stays where it is.
document.addEventListener("htmx:responseError", ({ target, detail }) => {
  if (detail.xhr.status !== 429 || target.closest?.("[data-autosave], [data-tick]")) return;
  document.getElementById("too-often")?.remove();
  const told = document.createElement("p");
  told.id = "too-often";
  told.className = "msg warn";
  told.setAttribute("role", "alert");
  told.textContent = detail.xhr.responseText;
  target.before(told);
});

// A link to something that is folded away unfolds it.
function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  const folded = target?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
}
window.addEventListener("hashchange", unfold);
unfold();

// A password can be looked at while it is typed.
for (const button of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    const { show, hide } = document.body.dataset;
    button.firstElementChild.firstChild.data = shown ? show : hide;
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("once" in form.dataset)) return;
  if (form.dataset.once === "sent") event.preventDefault();
  form.dataset.once = "sent";
});

// Coming back with the browser's Back button, a form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-once]")) form.dataset.once = "";
});
