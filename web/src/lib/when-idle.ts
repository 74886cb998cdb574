let show = () => {};
const shown = new Promise<void>((resolve) => {
  show = resolve;
});
/** A page that never says that it is there is taken to be after this many milliseconds. */
const AT_LATEST_MS = 2_000;

/** Said by what a person came for, once it is rendered. */
export function contentShown() {
  show();
}

/** Resolves when what was rendered is on the screen and nothing more urgent is going on. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    // A tab in the background draws no frames.
    setTimeout(resolve, AT_LATEST_MS);
    requestAnimationFrame(() => {
      if ("requestIdleCallback" in window) requestIdleCallback(() => resolve());
      else setTimeout(resolve, 50);
    });
  });
}

/** Runs what nobody waits for: after the first page is on the screen, when nothing else is going on. */
export function whenIdle(task: () => void) {
  const atLatest = new Promise<void>((resolve) => setTimeout(resolve, AT_LATEST_MS));
  void Promise.race([shown, atLatest]).then(idle).then(task);
}
