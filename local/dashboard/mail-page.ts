import type { IncomingMessage, ServerResponse } from "node:http";
import type { Mail } from "../api/mailbox.ts";

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

const linked = (text: string): string =>
  escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);

/** `/local/mail`: the mails that Auth would have sent, newest first, as a page or, if asked for, as JSON. */
export function serveMails(mails: readonly Mail[], request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("cache-control", "no-store");
  if (request.headers.accept?.includes("text/html") !== true) {
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(mails));
    return;
  }
  const articles = mails.map(
    ({ to, subject, text, sentAt }) =>
      `<article><h2>${escapeHtml(subject)}</h2><p>To ${escapeHtml(to)}, ${escapeHtml(sentAt)}</p><pre>${linked(text ?? "")}</pre></article>`,
  );
  response.setHeader(
    "content-security-policy",
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  );
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mail on this machine</title>
<style>body{font:1rem/1.5 system-ui;max-width:48rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}pre{white-space:pre-wrap;overflow-wrap:anywhere}article{border-top:1px solid;padding:1rem 0}</style>
<h1>Mail on this machine</h1><p>Nothing is really sent: this is what Auth would have mailed, until the next start.</p>
${articles.join("\n") || "<p>No mail yet.</p>"}</html>`,
  );
}
