/* Asks before leaving a form whose values were changed and not sent. */
export default function unsaved(form) {
  const values = () => new URLSearchParams(
    [...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]),
  ).toString();
  const atStart = values();
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && values() !== atStart) event.preventDefault();
  });
  window.addEventListener("pageshow", () => { sending = false; });
}
