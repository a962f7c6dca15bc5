// Chosen photos show small, can be taken out or covered. Every photo is drawn anew when it can be: that removes where it
// was taken and brings a large one down to 2560 px. Without this file the plain input still sends them.
const LONGEST = 2560;
const LARGE = 4 * 1024 * 1024;

async function redraw(file) {
  if (file.type !== "image/jpeg" && file.size <= LARGE) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = file.size > LARGE ? Math.min(1, LONGEST / Math.max(picture.width, picture.height)) : 1;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
    return blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

function follow(field) {
  const input = field.querySelector("input[type=file]");
  const shelf = field.querySelector("[data-photos]");
  const pattern = field.querySelector("template").content.firstElementChild;
  const dialog = field.querySelector("[data-blur]");
  const limit = Number(field.dataset.limit);
  let chosen = [];

  function put() {
    const carrier = new DataTransfer();
    chosen.forEach((file) => carrier.items.add(file));
    input.files = carrier.files;
    shelf.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
    shelf.replaceChildren(...chosen.map(draw));
  }

  function draw(file, index) {
    const figure = pattern.cloneNode(true);
    const image = figure.querySelector("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    figure.querySelector("figcaption").textContent = file.name;
    for (const button of figure.querySelectorAll("button")) {
      button.setAttribute("aria-label", `${button.textContent} ${file.name}`);
    }
    figure.querySelector("[data-remove]").addEventListener("click", () => {
      chosen.splice(index, 1);
      put();
      input.focus();
    });
    figure.querySelector("[data-cover]").addEventListener("click", () => {
      const done = (covered) => {
        chosen[index] = covered;
        put();
      };
      dialog.dispatchEvent(new CustomEvent("cover", { detail: { file, done } }));
    });
    return figure;
  }

  input.addEventListener("change", async () => {
    const fresh = await Promise.all([...input.files].map(redraw));
    chosen = [...chosen, ...fresh].slice(0, limit);
    put();
  });
}

document.querySelectorAll("[data-photo]").forEach(follow);
