import type { Page } from "playwright-core";

/** Everything that stands in the first message, alerts, statuses and headings of dialogs from now on: also for one frame. */
export async function watchText(page: Page) {
  const watch = await page.evaluateHandle(() => {
    const texts = new Set<string>();
    const alerts = new Set<string>();
    const statuses = new Set<string>();
    const dialogs = new Set<string>();
    const noteAll = (selector: string, seen: Set<string>) => {
      for (const { textContent } of document.querySelectorAll(selector)) seen.add(textContent ?? "");
    };
    new MutationObserver(() => {
      const text = document.querySelector('[aria-label="Text of message 1"]')?.textContent;
      if (text) texts.add(text);
      noteAll("main [role=alert]", alerts);
      noteAll("main [role=status]", statuses);
      noteAll("[role=dialog] h2", dialogs);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return { texts, alerts, statuses, dialogs };
  });
  return () =>
    watch.evaluate(({ texts, alerts, statuses, dialogs }) => ({
      texts: [...texts],
      alerts: [...alerts],
      statuses: [...statuses],
      dialogs: [...dialogs],
    }));
}
