// The save line: saving, not saved and retried, offline. Saved is written by the server.
// A card with unsaved words keeps its mark until the server has them; leaving asks first.
// What the line says stands on the page's body, in its language.
"use strict";

(() => {
  const WAITS = [2, 5, 15, 30]; // seconds before each retry; the last one repeats
  const unsaved = new Set(); // ids of cards whose words the server does not have yet
  const due = new Set(); // ids of cards whose words are about to be sent
  const failed = new Map(); // id of a card -> how often its save has failed
  let saving = 0;
  let leaving = false;
  let comeBack = 0; // when the server takes something again, where it said so
  let slow, retry, announced, typed;

  const words = document.body.dataset;
  const line = () => document.getElementById("save");
  const card = (element) => element?.closest?.("[data-autosave]");
  const nameOf = (element) => element.id || element.closest("[id^=q-]").id;
  const find = (id) => {
    const found = document.getElementById(id);
    return found?.matches("[data-autosave]") ? found : found?.querySelector("[data-autosave]");
  };

  function say(key, state, seconds) {
    const text = words[key].replace("{seconds}", seconds);
    const element = line();
    if (!element) return; // a page on which nothing is saved on the way
    element.className = `save push ${state}`;
    element.querySelector("use").setAttribute("href", state === "bad" ? "#i-warn" : "#i-check");
    element.querySelector("span").textContent = text;
    if (state === "bad" && announced !== key) {
      announced = key;
      document.getElementById("announce").textContent = text;
    }
  }

  function tellFailure() {
    clearTimeout(retry);
    if (!navigator.onLine) return say("offline", "bad");
    const tries = Math.max(...failed.values());
    const wait = Math.max(WAITS[Math.min(tries, WAITS.length) - 1], (comeBack - Date.now()) / 1000);
    say("retrying", "bad", Math.ceil(wait));
    retry = setTimeout(retryAll, wait * 1000);
  }

  function retryAll() {
    for (const id of failed.keys()) {
      const element = find(id);
      if (element) htmx.trigger(element, "retry");
      else failed.delete(id);
    }
  }

  document.addEventListener("input", (event) => {
    const element = card(event.target);
    if (!element) return;
    unsaved.add(nameOf(element));
    due.add(nameOf(element));
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    const element = card(event.target);
    if (!element) return;
    saving += 1;
    due.delete(nameOf(element));
    // What is typed from now on is not in this request: afterRequest compares.
    element.dataset.sent = contents(element);
    clearTimeout(slow);
    slow = setTimeout(() => saving && !failed.size && say("saving", "busy"), 400);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    // Not event.detail.elt: a card that a conflict has replaced is told of by what stands around it.
    const element = card(event.detail.requestConfig.elt);
    if (!element) return;
    saving -= 1;
    const id = nameOf(element);
    const status = event.detail.xhr.status;
    if (status >= 200 && status < 300) {
      failed.delete(id);
      if (element.dataset.sent === contents(element)) unsaved.delete(id);
      if (!failed.size) announced = "";
    } else if (status === 403 || status === 404) {
      failed.delete(id);
      return say("lost", "bad");
    } else if (status === 409 || status === 422) {
      failed.delete(id); // somebody has to choose or to mend it: sent again, it could overwrite unseen
      if (status === 409) {
        due.delete(id); // the card has been replaced: its words wait for the choice
        putBack();
      }
      document.getElementById(`${id.replace(/^q-/, "")}-read`)?.replaceChildren();
    } else {
      failed.set(id, (failed.get(id) || 0) + 1);
      comeBack = Date.now() + 1000 * (Number(event.detail.xhr.getResponseHeader("Retry-After")) || 0);
      tellFailure();
    }
  });

  // A field shows the number that was stored once nobody is in it: 12000 for 12,000.
  function showStored() {
    for (const note of document.querySelectorAll("[data-stored]")) {
      const field = document.getElementById(note.parentElement.id.replace(/-read$/, ""));
      if (field === document.activeElement || unsaved.has(nameOf(card(field)))) continue;
      field.value = note.dataset.stored;
      note.removeAttribute("data-stored");
    }
  }
  document.addEventListener("focusout", () => setTimeout(showStored));

  // One of the ways that an amount can be meant, put into its field and saved like anything that is typed.
  document.addEventListener("click", (event) => {
    const way = event.target.closest?.("[data-way]");
    const field = way && document.getElementById(way.name);
    if (!field) return;
    event.preventDefault();
    field.value = way.value;
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // After the server's line has been swapped in, another card may still be waiting.
  document.addEventListener("htmx:afterSettle", () => {
    showStored();
    if (failed.size) tellFailure();
    else if (due.size) say("saving", "busy");
  });

  window.addEventListener("offline", () => say("offline", "bad"));
  window.addEventListener("online", () => {
    say("online", "busy");
    retryAll();
    if (!failed.size) say("saved", "");
  });

  document.addEventListener("submit", (event) => {
    if ("stays" in event.target.dataset) return; // sent by htmx: the page stays
    if (leaving && event.target.id === "section-form") event.preventDefault();
    leaving = true;
    setTimeout(() => (leaving = false), 1000); // whoever was asked and stayed can send it again
  });
  window.addEventListener("pageshow", () => (leaving = false));
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && (unsaved.size || failed.size)) event.preventDefault();
  });

  // A pasted row or column fills one cell each, from where it is pasted; what is left over stays in the last.
  document.addEventListener("paste", (event) => {
    const list = event.target.closest?.("[data-cells]");
    // One comma without room beside it may belong to a number: the server knows, or asks.
    const text = (event.clipboardData?.getData("text") || "").trim();
    const apart = /[\s;]/.test(text) || /^[^,]*,[^,]*$/.test(text) ? /[\s;]+/ : /,/;
    const parts = text.split(apart).map((part) => part.replace(/^,+|,+$/g, "")).filter(Boolean);
    if (!list || parts.length < 2) return;
    event.preventDefault();
    const cells = [...list.querySelectorAll("input")];
    const free = cells.slice(cells.indexOf(event.target));
    free.forEach((cell, index) => {
      if (index < parts.length) cell.value = parts[index];
    });
    if (parts.length > free.length) free.at(-1).value = parts.slice(free.length - 1).join(" ");
    free[Math.min(parts.length, free.length) - 1].focus();
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Another row of the table; without script the button saves, and the page comes back with more rows.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-add-row]");
    if (!button) return;
    event.preventDefault();
    const last = button.closest("[id^=q-]").querySelector("tbody tr:last-child");
    const row = last.cloneNode(true);
    const number = last.parentElement.rows.length;
    for (const control of row.querySelectorAll("input, select")) {
      control.name = control.id = control.id.replace(/-\d+-/, `-${number}-`);
      control.setAttribute("aria-label", control.getAttribute("aria-label").replace(/\d+$/, number + 1));
      if (control.matches("input")) control.value = "";
    }
    row.querySelector(".num")?.replaceChildren();
    last.after(row);
    row.querySelector("input").focus();
  });

  const fields = (element) => [...element.querySelectorAll("input:not([type=hidden]), select, textarea")];

  function contents(element) {
    return fields(element)
      .map((f) => (f.type === "radio" ? f.checked : f.value))
      .join("\u0001");
  }

  // A conflict brings the card again as it was sent; what has been typed and opened since is put back.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const element = card(event.detail.requestConfig.elt);
    if (!element) return;
    typed = fields(element).map(({ id, checked, value }) => ({ id, checked, value, open: isOpen(id) }));
  });

  const around = (id) => document.getElementById(id)?.closest("details");
  const isOpen = (id) => around(id)?.open;

  function putBack() {
    for (const { id, checked, value, open } of typed) {
      const field = document.getElementById(id);
      if (!field) continue; // the card has fewer rows now
      if (open && around(id)) around(id).open = true;
      if (field.type === "radio") field.checked = checked;
      else field.value = value;
    }
  }
})();
