import { AsyncLocalStorage } from "node:async_hooks";

/** What Postgres may know of the HTTP request that a statement runs for. */
export interface RequestContext {
  readonly method: string;
  readonly path: string;
  /** Lower-case names, as PostgREST hands them to `request.headers`. */
  readonly headers: Record<string, string>;
}

/** Carries a request's context from the HTTP handler to the connection, past the library between them. */
export const requestContext = new AsyncLocalStorage<RequestContext>();

export function contextOf(request: Request): RequestContext {
  return {
    method: request.method,
    path: new URL(request.url).pathname.replace(/^\/rest\/v1/, ""),
    headers: Object.fromEntries(request.headers),
  };
}
