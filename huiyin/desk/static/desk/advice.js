// One key accepts what is suggested: a, unless somebody types or has turned single keys off (the dialog of ?).
const OFF = "huiyin-keys-off";

function isTyping(target) {
  return target.isContentEditable || /^(textarea|select)$/i.test(target.tagName)
    || (target.tagName === "INPUT" && !["checkbox", "radio", "button", "submit"].includes(target.type));
}

addEventListener("keydown", (event) => {
  if (event.key !== "a" || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || localStorage.getItem(OFF) === "1" || document.querySelector("dialog[open]")) return;
  const button = document.querySelector("[data-key-take]");
  if (!button) return;
  event.preventDefault();
  button.click();
});
