import type { Page, Request } from "playwright-core";

/** What a page asked for and was answered, with milliseconds since it was opened: how a story that stops came there. */
export function keepJournal(page: Page): string[] {
  const lines: string[] = [];
  const began = Date.now();
  const note = (what: string) => void lines.push(`${String(Date.now() - began).padStart(6)} ${what}`);
  const name = (request: Request) => `${request.method()} ${request.url().slice(0, 160)}`;
  page.on("request", (request) => note(`asked    ${name(request)}`));
  page.on("requestfinished", (request) => note(`answered ${name(request)}`));
  page.on("requestfailed", (request) => note(`failed   ${name(request)} ${request.failure()?.errorText}`));
  page.on("framenavigated", (frame) => note(`at       ${frame.url()}`));
  page.on("console", (message) => note(`console  ${message.text()}`));
  page.on("pageerror", (error) => note(`threw    ${error.message}`));
  page.on("close", () => note("closed"));
  return lines;
}
