// Says how many characters are left in a field with a limit, once the end is near.
const note = document.getElementById("count-note");

for (const field of document.querySelectorAll("textarea[maxlength], textarea[data-limit]")) {
  const limit = Number(field.dataset.limit || field.maxLength);
  const line = note.content.firstElementChild.cloneNode(true);
  const show = () => {
    const left = limit - [...field.value].length;
    line.textContent = left > limit / 5 ? "" : (left < 0 ? line.dataset.over : line.dataset.left).replace("N", Math.abs(left));
  };
  line.setAttribute("role", "status");
  field.after(line);
  field.addEventListener("input", show);
  show();
}
