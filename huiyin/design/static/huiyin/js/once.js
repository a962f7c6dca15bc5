// A form is sent once: a second click finds its button resting. Coming back to the page wakes it again.
const resting = new Set();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-many")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  resting.add(form);
  // The pressed button's name and value must still travel, so it is marked, not disabled.
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-busy", "true");
});

function wake() {
  for (const form of resting) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  }
  resting.clear();
}

addEventListener("pageshow", wake);
document.addEventListener("htmx:afterRequest", wake);

// What is wrong is read first.
document.querySelector("[data-focus]")?.focus();
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
