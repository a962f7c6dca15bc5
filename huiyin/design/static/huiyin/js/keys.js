// The keys of the desk. Single keys never act while one is typing, and a switch in the dialog turns them off.
const OFF = "huiyin-keys-off";
const dialog = document.getElementById("keys");
const toggle = dialog?.querySelector("[data-keys-switch]");
let at = -1;
let before = "";

function rows() {
  return [...document.querySelectorAll("[data-row]")];
}

function move(by) {
  const all = rows();
  if (!all.length) return;
  const focused = all.indexOf(document.activeElement.closest?.("[data-row]"));
  at = Math.max(0, Math.min(all.length - 1, (focused < 0 ? at : focused) + by));
  const row = all[at];
  (row.matches("a,button,[tabindex]") ? row : row.querySelector("a,button")).focus();
  row.scrollIntoView({ block: "nearest" });
}

function follow(selector) {
  document.querySelector(selector)?.click();
}

const ACTS = {
  j: () => move(1),
  k: () => move(-1),
  n: () => follow("[data-key-new]"),
  "/": () => document.querySelector("[data-key-search]")?.focus(),
  "?": () => dialog?.showModal(),
};

function isTyping(target) {
  return target.isContentEditable || /^(textarea|select)$/i.test(target.tagName)
    || (target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type));
}

addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.form?.requestSubmit();
    return;
  }
  const isOff = localStorage.getItem(OFF) === "1" || dialog?.open;
  if (isOff || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  const act = before === "g" && event.key === "h" ? () => follow("[data-key-home]") : ACTS[event.key];
  before = event.key;
  if (act) act();
  else if (/^[1-9]$/.test(event.key)) document.querySelectorAll("[data-list]")[event.key - 1]?.click();
  else return;
  event.preventDefault();
});

if (toggle) {
  toggle.checked = localStorage.getItem(OFF) !== "1";
  toggle.addEventListener("change", () => localStorage.setItem(OFF, toggle.checked ? "0" : "1"));
}

for (const opener of document.querySelectorAll("[data-opens]")) {
  opener.hidden = false;
  opener.addEventListener("click", () => document.getElementById(opener.dataset.opens).showModal());
}
