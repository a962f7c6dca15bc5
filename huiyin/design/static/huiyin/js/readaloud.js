// Reads the main part of the page aloud; the button shows only where the device has a voice for the page's language.
const button = document.querySelector("[data-readaloud]");
const voices = globalThis.speechSynthesis;

function voice() {
  const language = document.documentElement.lang.slice(0, 2);
  return voices.getVoices().find((one) => one.lang.toLowerCase().startsWith(language));
}

function stop() {
  voices.cancel();
  button.setAttribute("aria-pressed", "false");
  button.textContent = button.dataset.read;
}

function sentences() {
  const main = document.getElementById("main");
  return main.innerText.split(/(?<=[。！？；.!?])|\n+/).map((words) => words.trim()).filter(Boolean);
}

function start() {
  const all = sentences();
  button.setAttribute("aria-pressed", "true");
  button.textContent = button.dataset.stop;
  all.forEach((words, index) => {
    const said = new SpeechSynthesisUtterance(words);
    said.voice = voice();
    said.lang = document.documentElement.lang;
    said.rate = 0.9;
    if (index === all.length - 1) said.addEventListener("end", stop);
    voices.speak(said);
  });
}

function offer() {
  button.hidden = !voice();
}

if (button && voices) {
  offer();
  voices.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop() : start()));
  addEventListener("pagehide", stop);
}
