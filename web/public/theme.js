// Runs before the first paint, so that a dark room is never lit up by a white flash. Same key as lib/theme.ts.
(() => {
  const stored = localStorage.getItem("nemo.theme");
  const dark = stored ? stored === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
