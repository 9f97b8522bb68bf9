// Enlarges a picture of a gallery in a dialog. Without this script the pages lack nothing else.
"use strict";

const dialog = document.createElement("dialog");
dialog.className = "enlarged";
const close = document.createElement("button");
close.type = "button";
close.textContent = "×";
close.setAttribute("aria-label", document.body.dataset.close);
const figure = document.createElement("figure");
dialog.append(close, figure);
dialog.addEventListener("click", () => dialog.close());
document.body.append(dialog);

function enlarge(picture) {
  const shown = new Image();
  shown.src = picture.src;
  shown.alt = picture.alt;
  const caption = picture.closest("figure")?.querySelector("figcaption");
  figure.replaceChildren(shown, ...(caption ? [caption.cloneNode(true)] : []));
  dialog.showModal();
}

for (const picture of document.querySelectorAll(".post img")) {
  picture.tabIndex = 0;
  picture.setAttribute("role", "button");
  picture.addEventListener("click", () => enlarge(picture));
  picture.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      enlarge(picture);
    }
  });
}
