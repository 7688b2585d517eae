/* Every page works without scripts; these only add comfort to elements that ask for it. */
import menu from "./menu.js";
import rows from "./rows.js";
import shortcuts from "./shortcuts.js";
import submitOnce from "./submit-once.js";
import unsaved from "./unsaved.js";
import userMenu from "./user-menu.js";

const modules = { menu, rows, shortcuts, "submit-once": submitOnce, unsaved, "user-menu": userMenu };

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    modules[name]?.(element);
  }
}

// The summary of errors takes the focus, so that it is read first.
document.querySelector("[data-error-summary]")?.focus();
