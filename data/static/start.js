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
