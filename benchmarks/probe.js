/**
 * Watches a dashboard from inside its page: when its charts are drawn, and when a slider step is on screen.
 *
 * Runs in every page before the page's own scripts and knows nothing of frameworks. It looks through open shadow
 * roots. What counts as drawn is the geometry in the document, not a figure that was handed over.
 */
(() => {
  const probe = (window.speedProbe = { page: null, tile: null, chart: null, readyAt: null, mounts: 0 });
  const SHAPES = ".scatterlayer path, .barlayer path";
  const PAUSE = 400; // milliseconds

  const collect = (root, selector, found) => {
    root.querySelectorAll(selector).forEach((element) => found.push(element));
    root.querySelectorAll("*").forEach((element) => {
      if (element.shadowRoot) collect(element.shadowRoot, selector, found);
    });
    return found;
  };
  const shapes = (chart) => [...chart.querySelectorAll(SHAPES)].filter((path) => !path.closest(".legend"));
  const charts = () => collect(document, ".js-plotly-plot", []).filter((chart) => chart.data && shapes(chart).length);

  /** Find tile and chart again if they were replaced; a replaced chart is one more mount. */
  const find = () => {
    if (probe.page.tile && !probe.tile?.isConnected) probe.tile = collect(document, probe.page.tile, [])[probe.page.tile_index] ?? null;
    if (probe.page.traces && !probe.chart?.isConnected) {
      const found = charts().find((chart) => chart.data.length >= probe.page.traces) ?? null;
      if (found && found !== probe.chart) probe.mounts += 1;
      probe.chart = found;
    }
    return (!probe.page.tile || probe.tile) && (!probe.page.traces || probe.chart);
  };
  const text = () => (probe.tile?.textContent ?? "").trim();
  const drawn = () => {
    if (!probe.chart) return "";
    const ticks = [...probe.chart.querySelectorAll(".ytick text")].map((tick) => tick.textContent);
    return shapes(probe.chart).map((path) => path.getAttribute("d")).join("|") + ticks.join(",");
  };

  /**
   * Note when everything the page is looked at for is drawn. Where parts arrive one by one and their number is not
   * known, that is the time of the last one after which nothing came for a while.
   */
  probe.waitReady = (start = 0) => {
    const { page } = probe;
    const pause = page.parts ? PAUSE : 0;
    let since = null;
    let parts = 0;
    const look = () => {
      if (probe.page !== page) return;
      const now = performance.now();
      const found = page.parts && document.body ? collect(document, page.parts, []).length : 0;
      const complete =
        document.body && find() && charts().length >= page.charts && (!page.parts || found) &&
        (!page.tile || text()) && (!page.traces || drawn().length > 50);
      if (!complete) since = null;
      else if (since === null || found !== parts) since = now;
      parts = found;
      if (since !== null && now - since >= pause) probe.readyAt = since - start;
      else setTimeout(look, 8);
    };
    look();
  };

  /** Time a move to another page of the same application, from the click that starts it. */
  probe.follow = (page) => {
    Object.assign(probe, { page: null, tile: null, chart: null, readyAt: null });
    window.addEventListener("click", () => {
      probe.page = page;
      probe.waitReady(performance.now());
    }, { capture: true, once: true });
  };

  /** Time the next key press: until the tile's text and the chart's geometry have both changed. */
  probe.arm = (timeout) => {
    find();
    const before = { text: text(), drawn: drawn() };
    probe.result = new Promise((resolve) => {
      window.addEventListener("keydown", () => {
        const start = performance.now();
        let tile = null;
        let chart = null;
        const look = () => {
          const now = performance.now() - start;
          find();
          if (tile === null && text() && text() !== before.text) tile = now;
          if (chart === null && drawn().length > 50 && drawn() !== before.drawn) chart = now;
          if (tile !== null && chart !== null) resolve({ both: Math.max(tile, chart), tile, chart });
          else if (now > timeout) resolve({ both: null, tile, chart });
          else setTimeout(look, 0);
        };
        look();
      }, { capture: true, once: true });
    });
  };

  /** Note the tile's text and the chart's shapes of every frame, and the moves of the pointer, for some milliseconds. */
  probe.watch = (duration) => {
    find();
    const texts = new Set([text()]);
    const drawings = new Set([drawn()]);
    const start = performance.now();
    const seen = (probe.seen = { texts: 0, drawings: 0, moves: 0 });
    const moved = () => (seen.moves += 1);
    window.addEventListener("pointermove", moved, true);
    const look = (now) => {
      if (now - start > duration) return window.removeEventListener("pointermove", moved, true);
      find();
      seen.texts = texts.add(text()).size - 1;
      seen.drawings = drawings.add(drawn()).size - 1;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
})();
