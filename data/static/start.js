// Tells Streamlit's page where its server is, so that it does not have to try every part of the address.
window.__streamlit = { BACKEND_BASE_URL: location.origin + "/", MAIN_PAGE_BASE_URL: location.origin + "/" };

// Another language is another document: <html lang> and the scripts come with it. The language switch writes its
// choice into the address; what else was chosen stands there too and is kept.
{
  const languages = JSON.parse(document.currentScript.dataset.languages);
  const load = () => {
    const asked = new URLSearchParams(location.search).get("lang");
    const wanted = Object.hasOwn(languages, asked) ? languages[asked] : Object.values(languages)[0];
    if (wanted !== document.documentElement.lang) location.reload();
  };
  for (const name of ["pushState", "replaceState"]) {
    const write = history[name];
    history[name] = (...entry) => {
      write.apply(history, entry);
      load();
    };
  }
  addEventListener("popstate", load);
}
// A finger on a chart scrolls the page, and its tap is the mouse's click that browsers make of it: where marks can be
// clicked, Plotly would hold the page and answer a tap with the mark that was touched before.
addEventListener("touchstart", (event) => {
  if (event.target.closest?.(".js-plotly-plot")) event.stopPropagation();
}, { capture: true, passive: true });

// Who asks for less motion sees none of the movements that Streamlit's scripts make; a style sheet stops only its own.
{
  const animate = Element.prototype.animate;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  Element.prototype.animate = function (frames, timing) {
    return animate.call(this, frames, still.matches ? 0 : timing);
  };
}
