// What scrolls must be reachable by keyboard. The theme gives such boxes a tab stop when the window is resized, but
// not when something folded is opened: so tell it.
const measureAgain = () => window.dispatchEvent(new Event("resize"));
document.addEventListener("toggle", measureAgain, true);
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".admonition.toggle")) measureAgain();
});
