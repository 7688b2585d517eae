/* Alt + Shift + letter follows the link or button that carries data-shortcut; the dialog lists them. */
export default function shortcuts(dialog) {
  const opener = document.querySelector("[data-shortcuts-open]");
  if (opener) {
    opener.hidden = false;
    opener.addEventListener("click", () => dialog.showModal());
  }
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    if (event.code === "Slash") {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    const letter = event.code.replace(/^Key/, "");
    if (!/^[A-Z]$/.test(letter)) return;
    const target = document.querySelector(`[data-shortcut="${letter}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("input, select, textarea")) target.focus();
    else target.click();
  });
}
