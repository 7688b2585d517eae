/* Opens the main menu on wide screens in browsers that cannot show a closed <details> by style. */
export default function menu(details) {
  if (CSS.supports("selector(::details-content)")) return;
  const wide = window.matchMedia("(min-width: 62rem)");
  const follow = () => { details.open = wide.matches; };
  wide.addEventListener("change", follow);
  follow();
}
