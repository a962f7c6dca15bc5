// The words of a half-filled form survive a reload or a lost session.
// <form data-draft="say">: kept under that name. data-personal fields live in this tab only; data-nodraft fields, files
// and secrets are never kept. A page with data-draft-done="say" (the receipt) forgets them.
const KEY = "huiyin-draft-";
const DAYS = 7 * 864e5;

function fields(form) {
  return [...form.elements].filter((field) => field.name
    && !["hidden", "file", "password", "submit", "button"].includes(field.type)
    && !field.closest("[data-nodraft]"));
}

function isPersonal(field) {
  return Boolean(field.closest("[data-personal]")) || ["tel", "email"].includes(field.type);
}

function read(store, key) {
  try {
    const kept = JSON.parse(store.getItem(key)) || {};
    return kept.at > Date.now() - DAYS ? kept.words : {};
  } catch {
    return {};
  }
}

function write(store, key, words) {
  try {
    if (Object.keys(words).length) store.setItem(key, JSON.stringify({ at: Date.now(), words }));
    else store.removeItem(key);
  } catch {
    // A full or forbidden store only means there is no draft.
  }
}

function forget(key) {
  write(localStorage, key, {});
  write(sessionStorage, key, {});
}

function keep(form, key) {
  const [open, personal] = [{}, {}];
  for (const field of fields(form)) {
    const words = isPersonal(field) ? personal : open;
    if (["checkbox", "radio"].includes(field.type)) {
      if (field.checked) (words[field.name] ||= []).push(field.value);
    } else if (field.value) words[field.name] = field.value;
  }
  write(localStorage, key, open);
  write(sessionStorage, key, personal);
}

function restore(form, key) {
  const words = { ...read(localStorage, key), ...read(sessionStorage, key) };
  let restored = false;
  for (const field of fields(form)) {
    const kept = words[field.name];
    if (kept === undefined) continue;
    if (Array.isArray(kept)) {
      if (field.checked || !kept.includes(field.value)) continue;
      field.checked = true;
    } else if (!field.value || (field.tagName === "SELECT" && !field.querySelector("[selected]"))) {
      if (field.value === kept) continue;
      field.value = kept;
    } else continue;
    restored = true;
  }
  return restored;
}

function tell(form, key) {
  const note = document.getElementById("draft-note").content.firstElementChild.cloneNode(true);
  note.querySelector("button").addEventListener("click", () => {
    form.reset();
    forget(key);
    note.remove();
    fields(form)[0]?.focus();
  });
  form.prepend(note);
}

for (const done of document.querySelectorAll("[data-draft-done]")) forget(KEY + done.dataset.draftDone);

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = KEY + form.dataset.draft;
  if (restore(form, key)) tell(form, key);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep(form, key), 400);
  });
  addEventListener("pagehide", () => { if (timer) keep(form, key); });
}
