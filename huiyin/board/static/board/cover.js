// Covers a photo that is already here: the original is fetched, covered with the brush of blur.js, and put into the form.
const shelf = document.querySelector("[data-covers]");
const dialog = shelf?.querySelector("[data-blur]");

async function open(form) {
  const answer = await fetch(form.dataset.original);
  if (!answer.ok) return;
  const file = new File([await answer.blob()], "photo.jpg", { type: "image/jpeg" });
  const done = (covered) => {
    if (covered === file) return;
    const carrier = new DataTransfer();
    carrier.items.add(covered);
    form.querySelector("input[type=file]").files = carrier.files;
    const note = form.querySelector("[data-cover-note]");
    note.textContent = note.dataset.ready;
    form.querySelector("[type=submit]").focus();
  };
  dialog.dispatchEvent(new CustomEvent("cover", { detail: { file, done } }));
}

for (const form of shelf?.querySelectorAll("[data-cover-form]") ?? []) {
  form.querySelector("[data-cover-here]").hidden = false;
  form.querySelector("[data-cover-open]").addEventListener("click", () => open(form));
}
