import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The dashboard loads its own scripts and talks to its own origin only. Styles may be inline, because the
 * editor and the charts position things that way.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const SECURITY_HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Serves the built dashboard: every path that is no file is a page of the application. */
export function serveDashboard(dist: string): Handler {
  if (!existsSync(join(dist, "index.html"))) return serveNotBuilt;
  const serve = sirv(dist, {
    single: true,
    etag: true,
    brotli: true,
    gzip: true,
    setHeaders: (response, path) => {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      // Names in assets/ contain a hash of the content; everything else has to be asked for again.
      const forever = path.startsWith("/assets/");
      response.setHeader("cache-control", forever ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    serve(request, response, () => {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not found");
    });
  };
}

const serveNotBuilt: Handler = (_request, response) => {
  response.writeHead(503, { "content-type": "text/plain; charset=utf-8" });
  response.end(
    "The dashboard has not been built. `npm start` builds it; its output says why it could not.\n",
  );
};
