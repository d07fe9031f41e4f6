// Files can be dropped on the form that takes them, and a bar shows how much is sent. Works without, as a plain form.
// What the bar says stands beside it, in the language of the page.
"use strict";

const zone = () => document.querySelector("[data-drop]");
for (const words of document.querySelectorAll("[data-droppable]")) words.hidden = false;

for (const name of ["dragenter", "dragover", "dragleave", "drop"])
  document.addEventListener(name, (event) => {
    const form = event.target.closest?.("[data-drop]");
    if (!form || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.classList.toggle("over", name === "dragenter" || name === "dragover");
    if (name !== "drop") return;
    form.querySelector("input[type=file]").files = event.dataTransfer.files;
    form.requestSubmit();
  });

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form !== zone()) return;
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  send(form);
});

function send(form) {
  const area = form.querySelector(".sending");
  const [bar, words] = [area.querySelector("progress"), area.querySelector("p")];
  area.hidden = false;
  words.textContent = area.dataset.sending;
  const request = new XMLHttpRequest();
  request.open("POST", location.href);
  request.setRequestHeader("HX-Request", "true");
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = total ? loaded / total : 0;
    if (loaded === total) words.textContent = area.dataset.sent;
  });
  request.addEventListener("load", () => {
    const onward = request.getResponseHeader("HX-Redirect");
    if (onward) return location.assign(onward);
    if (request.status === 429) return refuse(form, request.responseText);
    const answer = new DOMParser().parseFromString(request.responseText, "text/html").getElementById("main");
    if (!answer) return location.reload();
    document.getElementById("main").replaceWith(answer);
    window.htmx?.process(answer);
    answer.querySelector("[role=alert]")?.focus();
  });
  request.addEventListener("error", () => refuse(form, area.dataset.broken));
  request.send(new FormData(form));
}

function refuse(form, words) {
  delete form.dataset.sent;
  form.querySelector(".sending").hidden = true;
  form.querySelector("#files-hint").textContent = words;
}

// Coming back with the browser's Back button, files may be sent again.
window.addEventListener("pageshow", () => delete zone()?.dataset.sent);
