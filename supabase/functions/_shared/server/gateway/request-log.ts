import { randomUUID } from "node:crypto";
import { writeBehind } from "../batch/write-behind.ts";
import { isPassing } from "../db/database-errors.ts";
import type { GatewayDatabase } from "../db/gateway-database.ts";
import { jsonForPostgres } from "../db/json-for-postgres.ts";
import type { WaitUntil } from "../env/wait-until.ts";

/** Where finished requests are written down: log, ledger and counts, in groups, after the answer. */
export interface RequestLog {
  /** Resolves when it is durable (or could not be written at all, which is told on standard error). The process lives until then. */
  add(entry: object): Promise<void>;
  /** More is waiting than should be: time to stop taking on work that has to be recorded. */
  isFull(): boolean;
}

/**
 * Entries wait as text. As objects they would outlive the next collection of young garbage, which copies all they
 * hold one by one; and a text too long or too deep to be made is found out here, not among others in their group.
 */
export function requestLog(database: Pick<GatewayDatabase, "record">, waitUntil: WaitUntil): RequestLog {
  const queue = writeBehind<string>({
    write: (batchId, items) => database.record(batchId, items),
    newBatchId: randomUUID,
    isPassing,
    reduced: (text) => {
      const less = withoutContent(JSON.parse(text));
      return less && jsonForPostgres(less);
    },
    onDropped: (text, error) => tell(JSON.parse(text), error),
    maxItems: 500,
    everyMs: 100,
    maxWaiting: 5_000,
    keepAlive: waitUntil,
  });
  return {
    add: (entry) => {
      const text = textOf(entry);
      return text === null ? Promise.resolve() : queue.add(text);
    },
    isFull: queue.isFull,
  };
}

function textOf(entry: object): string | null {
  try {
    return jsonForPostgres(entry);
  } catch (error) {
    const less = withoutContent(entry);
    if (less) return textOf(less);
    tell(entry, error);
    return null;
  }
}

/** What a request said and was answered can be such that the log refuses it. Its charge must not be lost with it. */
function withoutContent(entry: object): object | null {
  const { variables, rendered_messages, client_messages, response, ...counted } = entry as Record<
    string,
    unknown
  >;
  const content = [variables, rendered_messages, client_messages, response];
  return content.some((part) => part !== undefined && part !== null) ? counted : null;
}

/** The error's code alone: its message may quote the row, and a row may hold what must not reach a log. */
function tell(entry: object, error: unknown): void {
  const code = (error as { code?: unknown } | null)?.code;
  const reason = typeof code === "string" ? `SQLSTATE ${code}` : "unknown error";
  console.error(`request ${(entry as { request_id: string }).request_id} could not be recorded:`, reason);
}
