/* Put beside frames of this site: each gets the height that its content has. */
(() => {
  const own = new URL(document.currentScript.src).origin;
  const frames = () => [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(`${own}/`));
  addEventListener("message", ({ source, data }) => {
    if (data?.type !== "morale-indicators:height" || !(data.height > 0)) return;
    const asking = frames().find((frame) => frame.contentWindow === source);
    if (asking) asking.style.height = `${Math.min(Math.ceil(data.height), 10000)}px`;
  });
  // A frame may have told its height before this script was there.
  for (const frame of frames()) frame.contentWindow.postMessage("morale-indicators:ask", "*");
})();
