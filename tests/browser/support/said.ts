import type { Page } from "playwright-core";

/**
 * Does something, and waits until this is said of it. What is said goes by itself after a few seconds, so it is looked
 * for from before, and by the page itself: a machine that does everything at once may look too late.
 */
export async function said(page: Page, words: string | RegExp, act: () => Promise<unknown>): Promise<void> {
  const seen = page.waitForFunction(
    (wanted) => {
      const text = document.body.textContent;
      return typeof wanted === "string" ? text.includes(wanted) : wanted.test(text);
    },
    words,
    { polling: "raf" },
  );
  await Promise.all([seen, act()]);
}
