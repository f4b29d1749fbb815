// Tells Streamlit's page where its server is, so that it does not have to try every part of the address.
window.__streamlit = { BACKEND_BASE_URL: location.origin + "/", MAIN_PAGE_BASE_URL: location.origin + "/" };
