import postgres from "postgres";

/**
 * HTTP statuses by SQLSTATE, the longest prefix first. From PostgREST's documentation, "Errors", section
 * "HTTP Status Codes". What is not listed is a 400.
 */
const STATUS_BY_SQLSTATE: readonly (readonly [prefix: string, status: number])[] = [
  ["23503", 409],
  ["23505", 409],
  ["25006", 405],
  ["42883", 404],
  ["42P01", 404],
  ["42P17", 500],
  ["53400", 500],
  ["P0001", 400],
  ["08", 503],
  ["09", 500],
  ["0L", 403],
  ["0P", 403],
  ["25", 500],
  ["28", 403],
  ["2D", 500],
  ["38", 500],
  ["39", 500],
  ["3B", 500],
  ["40", 500],
  ["53", 503],
  ["54", 500],
  ["55", 500],
  ["57", 500],
  ["58", 500],
  ["F0", 500],
  ["HV", 500],
  ["P0", 500],
  ["XX", 500],
];

function statusOf(code: string, anonymous: boolean): number {
  if (code === "42501") return anonymous ? 401 : 403;
  const own = /^PT(\d{3})$/.exec(code); // A function may choose the status itself.
  if (own) return Number(own[1]);
  return STATUS_BY_SQLSTATE.find(([prefix]) => code.startsWith(prefix))?.[1] ?? 400;
}

/**
 * What PostgREST answers when a statement fails, or undefined if `error` does not come from the database or
 * describes a whole response by itself (`raise sqlstate 'PGRST'`).
 */
export function postgrestError(error: unknown, role: string): Response | undefined {
  if (!(error instanceof postgres.PostgresError) || error.code === "PGRST") return undefined;
  const body = {
    code: error.code,
    details: error.detail ?? null,
    hint: error.hint ?? null,
    message: error.message,
  };
  const status = statusOf(error.code, role === "anon");
  return Response.json(body, { status, headers: status === 401 ? { "www-authenticate": "Bearer" } : {} });
}
