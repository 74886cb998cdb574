import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** WCAG 2.2 A and AA, as axe-core checks them. Motion is waited out, so that no half-faded text is measured. */
export async function expectAccessible(page: Page) {
  await page.evaluate(async () => {
    // A theme that has just been asked for is put on with the next frame, and only then begins to fade in.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    // A pulsing dot never finishes, and changes no text.
    const ending = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    return Promise.all(ending.map((animation) => animation.finished.catch(() => {})));
  });
  await page.evaluate(axe.source);
  const results = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: object, options: object): Promise<AxeResults> };
    };
    // What stands at the ends of a popup to send focus on never keeps it. Axe knows that only where it takes the popup
    // for a modal one, which it tells by what covers a few points of the window.
    return axe.run(
      { exclude: ["[data-base-ui-focus-guard]"] },
      {
        runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
      },
    );
  });
  const found = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}\n  ${node.target.join(" ")}\n  ${node.failureSummary ?? ""}`),
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}
