/* Adds an empty row to a list of fields at once; without scripts the same button asks the server. */
export default function rows(list) {
  const button = list.querySelector("[data-add-row]");
  button?.addEventListener("click", (event) => {
    const items = list.querySelectorAll("[data-row]");
    const last = items[items.length - 1];
    if (!last) return;
    event.preventDefault();
    const copy = last.cloneNode(true);
    renumber(copy, list.dataset.rows, items.length);
    last.after(copy);
    copy.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
}

function renumber(row, name, index) {
  const [from, to] = [`${name}-${index - 1}`, `${name}-${index}`];
  for (const element of row.querySelectorAll("*")) {
    for (const attribute of ["id", "name", "for", "aria-describedby", "aria-labelledby"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replaceAll(from, to));
    }
    empty(element);
  }
  for (const error of row.querySelectorAll(".kc-error")) error.remove();
  const number = row.querySelector("[data-row-number]");
  if (number) number.textContent = String(index + 1);
}

function empty(element) {
  element.removeAttribute("aria-invalid");
  element.classList.remove("is-wrong");
  if (element.matches("input[type=checkbox], input[type=radio]")) element.checked = false;
  else if (element.matches("input, textarea")) element.value = "";
  else if (element.matches("select")) element.selectedIndex = 0;
}
