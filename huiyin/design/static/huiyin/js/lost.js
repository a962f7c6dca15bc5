// When a part of a page could not be fetched (no connection, an error of ours), the page says so where messages stand.
function tell() {
  const note = document.getElementById("lost-note").content.firstElementChild.cloneNode(true);
  document.getElementById("messages").replaceChildren(note);
  note.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:sendError", tell);
document.addEventListener("htmx:timeout", tell);
document.addEventListener("htmx:responseError", (event) => {
  // Other refusals (4xx) bring their own sentence to #messages: see htmx-config in base.html.
  const { status } = event.detail.xhr;
  if (status === 404 || status >= 500) tell();
});
