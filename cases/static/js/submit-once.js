/* Swallows the second click of a double click on a form that writes. */
const PAUSE_MS = 3000;

export default function submitOnce(form) {
  let sentAt = -Infinity;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - sentAt < PAUSE_MS) {
      event.preventDefault();
      return;
    }
    sentAt = event.timeStamp;
  });
}
