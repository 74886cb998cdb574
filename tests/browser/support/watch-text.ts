import type { Page } from "playwright-core";

/** Everything that stands in the first message, and in alerts, from now on: also what is seen for one frame. */
export async function watchText(page: Page) {
  const watch = await page.evaluateHandle(() => {
    const texts = new Set<string>();
    const alerts = new Set<string>();
    new MutationObserver(() => {
      const text = document.querySelector('[aria-label="Text of message 1"]')?.textContent;
      if (text) texts.add(text);
      for (const alert of document.querySelectorAll("main [role=alert]")) alerts.add(alert.textContent ?? "");
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    return { texts, alerts };
  });
  return () => watch.evaluate(({ texts, alerts }) => ({ texts: [...texts], alerts: [...alerts] }));
}
