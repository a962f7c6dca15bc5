// The preview beside a list, where there is room for it: a click or the keys j and k show it, Enter opens the dossier.
const list = document.querySelector("[data-preview]");
const wide = matchMedia("(min-width: 1100px)");
const target = list && document.querySelector(list.dataset.preview);
let shown = null;
let timer = 0;

function show(link) {
  if (link === shown) return;
  shown?.closest("[data-row]").removeAttribute("aria-current");
  shown = link;
  link.closest("[data-row]").setAttribute("aria-current", "true");
  htmx.ajax("GET", link.href, { target, swap: "innerHTML" });
}

list?.addEventListener("click", (event) => {
  const link = event.target.closest(".row-what");
  // A click made by Enter has no detail, and opens; so do clicks for another tab or on the row that is shown.
  if (!link || !wide.matches || !event.detail || event.ctrlKey || event.metaKey || event.shiftKey || link === shown) return;
  event.preventDefault();
  show(link);
});

list?.addEventListener("focusin", (event) => {
  const link = event.target.closest(".row-what");
  clearTimeout(timer);
  if (link && wide.matches && link.matches(":focus-visible")) timer = setTimeout(() => show(link), 200);
});
