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
    const begun = (part) => part.getBoundingClientRect().top < innerHeight;
    const fills = () => root.querySelector('[data-testid="stMain"]')?.scrollHeight > innerHeight;
    const ready = () =>
      root.querySelector("h1") &&
      (fills() || root.querySelector('[data-test-script-state="notRunning"]')) &&
      ![...root.querySelectorAll('[data-testid="stSkeleton"]')].some(begun);
    const watch = new MutationObserver(() => {
      if (!ready()) return;
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
