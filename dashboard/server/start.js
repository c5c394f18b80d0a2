/* One theme for all pages, paper always light, and the page as text until the app has drawn it. */
(() => {
  const page = document.documentElement;
  const own = `stActiveTheme-${location.pathname}-v2`; // Streamlit keeps a reader's theme for one address alone
  try {
    const theme = localStorage.getItem("theme");
    if (theme) {
      localStorage.setItem(own, theme);
      page.dataset.theme = JSON.parse(theme);
    }
    addEventListener("pagehide", () => {
      const chosen = localStorage.getItem(own);
      if (chosen) localStorage.setItem("theme", chosen);
    });
  } catch {
    // Without storage the reader's own scheme counts.
  }
  addEventListener("beforeprint", () => {
    const app = document.querySelector(".stApp");
    const [red, green, blue] = (app ? getComputedStyle(app).backgroundColor : "").match(/\d+/g) ?? [255, 255, 255];
    page.toggleAttribute("data-dark-print", +red + +green + +blue < 382);
  });
  page.classList.add("starting");
  addEventListener("DOMContentLoaded", () => {
    const root = document.getElementById("root");
    const lacks = (part) => !root.querySelector(part);
    const watch = new MutationObserver(() => {
      if (lacks("h1") || lacks('[data-test-script-state="notRunning"]') || !lacks('[data-testid="stSkeleton"]')) return;
      watch.disconnect();
      requestAnimationFrame(() => {
        document.getElementById("first").remove();
        page.classList.remove("starting");
      });
    });
    const attributeFilter = ["data-test-script-state"];
    watch.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter });
  });
})();
