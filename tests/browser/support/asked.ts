import type { Page, Request } from "playwright-core";
import { expect } from "vitest";

/** What the page asks the database for, as path and content. */
export function record(page: Page) {
  const asked: { what: string; request: Request }[] = [];
  let last = Date.now();
  page.on("request", (request) => {
    const [, what] = /\/rest\/v1\/(.*)/.exec(request.url()) ?? [];
    if (!what || request.method() === "OPTIONS") return;
    last = Date.now();
    asked.push({ what: what + (request.postData() ?? ""), request });
  });
  return {
    matching: (pattern: RegExp) => asked.filter(({ what }) => pattern.test(what)),
    names: () => asked.map(({ what }) => what),
    forget: () => void asked.splice(0),
    /** Nothing has been asked for that long: what is gathered before it is asked for has been, too. */
    quietFor: (ms: number) => expect.poll(() => Date.now() - last, { timeout: 40_000 }).toBeGreaterThan(ms),
  };
}

/** Has asked what it missed before it listened, and been told. */
export const caughtUp = (page: Page) =>
  page.waitForResponse(/\/rpc\/missed_events$/, { timeout: 90_000 }).then((answer) => answer.finished());
