/* One theme for all pages, paper always light, the page as text until the app has drawn it, and links within the app. */
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
    const pages = new Set([...document.querySelectorAll("#first nav a")].map((link) => link.pathname));
    // A link of ours to one of the pages moves within the app, which listens for what the browser's own buttons do.
    addEventListener("click", (event) => {
      const link = event.target.closest?.("#root a[href]:not([data-testid])");
      const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (!link || elsewhere || event.defaultPrevented || link.download) return;
      if (link.origin !== location.origin || !pages.has(link.pathname)) return;
      event.preventDefault();
      history.pushState(null, "", link.href);
      dispatchEvent(new PopStateEvent("popstate"));
      root.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    });
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
    // Streamlit gives the place for a file a name and takes it off the page at once, which no reader aid can follow.
    new MutationObserver(() => {
      if (!location.pathname.endsWith("/own_evidence")) return;
      root.querySelector('[data-testid="stFileUploaderDropzone"][role="presentation"]')?.setAttribute("role", "group");
    }).observe(root, { childList: true, subtree: true });
    const attributeFilter = ["data-test-script-state"];
    watch.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter });
  });
})();
