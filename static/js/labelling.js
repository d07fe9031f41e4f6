// Keys label a failure: 1 to 9 choose and go on, 0 says that one cannot tell, U undoes. They can be switched off.
"use strict";

document.addEventListener("keydown", (event) => {
  const form = document.querySelector("form[data-labelling][data-keys]");
  const typing = event.target.closest("textarea, select, input:not([type=radio])");
  if (!form || typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const chosen = form.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!chosen) return;
  event.preventDefault();
  if (chosen.type === "radio") chosen.checked = true;
  form.requestSubmit(chosen.type === "radio" ? undefined : chosen);
});
