/** What went wrong between the gateway and its database, by the codes that Postgres, its driver and the system give. */

/** A query took longer than its caller waits. It may still be carried out. */
export class DatabaseTimeout extends Error {}

/** Postgres' own codes begin with a digit, F0, HV, P0 or XX. EPIPE is as long as one of them and is none. */
const SQLSTATE = /^([0-9][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;
const NEVER_SENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "CONNECT_TIMEOUT"];

const isSqlState = (code: string) => SQLSTATE.test(code);

/** There was no connection to send it by. */
const neverSent = (code: string) => NEVER_SENT.includes(code);

/** Postgres undoes what it reports an error for, and without a connection there was nobody to ask. */
export function mayHaveArrived(error: unknown): boolean {
  const code = codeOf(error);
  return code === undefined || !(isSqlState(code) || neverSent(code));
}

/**
 * Whether an error says that the database is away, busy or full, and so may pass by itself: no SQLSTATE at all
 * (the connection failed), or one of the classes for connections, transactions to repeat and exhausted means.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof DatabaseTimeout) return true;
  const code = codeOf(error);
  // The driver's own stumbling over a connection that is gone has no code; a group too long to be one text has none either.
  if (code === undefined) return error instanceof Error && !(error instanceof RangeError);
  if (!isSqlState(code)) return true;
  return /^(08|28|3D|40|53|57|58)/.test(code) || code === "25006";
}

/** Whether a connection is gone or could not be made, which is neither Postgres' own report nor an unreachable host. */
export function brokeConnection(error: unknown): boolean {
  if (error instanceof DatabaseTimeout) return false;
  const code = codeOf(error);
  if (code === undefined) return error instanceof TypeError;
  return !isSqlState(code) && (code === "CONNECT_TIMEOUT" || !neverSent(code));
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : undefined;
}
