// Covers parts of a photo: by brush, or by a rectangle given in numbers. What is covered is gone from the picture that is sent.
const COVER = "#5A6461";

function ready(dialog, picture) {
  const canvas = dialog.querySelector("canvas");
  canvas.width = picture.width;
  canvas.height = picture.height;
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  pen.fillStyle = pen.strokeStyle = COVER;
  pen.lineCap = pen.lineJoin = "round";
  pen.lineWidth = Math.max(picture.width, picture.height) / 16;
  return [canvas, pen];
}

function brush(canvas, pen, signal) {
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...point(event));
    pen.lineTo(...point(event));
    pen.stroke();
  }, { signal });
  canvas.addEventListener("pointermove", (event) => {
    if (!event.buttons) return;
    pen.lineTo(...point(event));
    pen.stroke();
  }, { signal });
}

function rectangle(dialog, canvas, pen) {
  const [x, y, w, h] = ["x", "y", "w", "h"].map((name) => Number(dialog.querySelector(`[data-${name}]`).value) / 100);
  pen.fillRect(x * canvas.width, y * canvas.height, w * canvas.width, h * canvas.height);
}

async function cover(dialog, file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return file;
  }
  const [canvas, pen] = ready(dialog, picture);
  const stop = new AbortController();
  const { signal } = stop;
  brush(canvas, pen, signal);
  return new Promise((done) => {
    const end = (result) => {
      stop.abort();
      dialog.close();
      done(result);
    };
    dialog.querySelector("[data-rect]").addEventListener("click", () => rectangle(dialog, canvas, pen), { signal });
    dialog.querySelector("[data-back]").addEventListener("click", () => end(file), { signal });
    dialog.addEventListener("cancel", () => end(file), { signal });
    dialog.querySelector("[data-keep]").addEventListener("click", () => canvas.toBlob((blob) => {
      end(blob ? new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file);
    }, "image/jpeg", 0.88), { signal });
    dialog.showModal();
  });
}

// photo.js asks with an event, so that neither file needs the other's hashed name.
for (const dialog of document.querySelectorAll("[data-blur]")) {
  dialog.addEventListener("cover", async ({ detail }) => detail.done(await cover(dialog, detail.file)));
}
