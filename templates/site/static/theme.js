// Puts the chosen colours in place before the page is drawn; it is loaded in the head for that.
"use strict";

{
  let chosen = null;
  try {
    chosen = localStorage.getItem("digestgen_theme");
  } catch {
    // A browser may keep nothing for this page; the system's colours are good as well.
  }
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
}
