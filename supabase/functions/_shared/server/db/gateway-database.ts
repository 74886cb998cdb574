import type { Sql } from "postgres";
import { GatewayError } from "../../core/errors/gateway-errors.ts";
import type { StoredConnection } from "../upstream/open-connection.ts";
import type {
  Admission,
  NamedModels,
  Resolution,
  Selector,
  StoredVersion,
  VersionKey,
} from "./gateway-types.ts";
import { jsonForPostgres } from "./json-for-postgres.ts";
import { literal } from "./literal.ts";

/** The functions of schema nemo_private that role nemo_gateway may execute, and nothing else. */
export interface GatewayDatabase {
  resolve(selectors: Selector[], admissions: Admission[]): Promise<Resolution>;
  versions(keys: VersionKey[]): Promise<StoredVersion[]>;
  record(batchId: string, items: object[]): Promise<void>;
  renew(requests: { request_id: string; progress: object | null }[]): Promise<void>;
  /** Gives up requests whose look-up threw `AnswerLost`. */
  withdraw(requestIds: string[]): Promise<void>;
  /** Null: the key is none. */
  models(keyHash: string): Promise<NamedModels | null>;
  feedback(keyHash: string, feedback: object): Promise<"ok" | "invalid_api_key" | "request_not_found">;
  /** The connection a ticket of start_provider_test is for; null when the ticket is worth nothing. */
  provider(ticket: string): Promise<StoredConnection | null>;
  /** A connection for the worker that holds a job's lease; null when it may not have it (any more). */
  jobProvider(jobId: string, lease: string, connectionId: string): Promise<StoredConnection | null>;
  health(): Promise<void>;
  maintain(): Promise<void>;
}

/** The database did not answer, but it may have done what it was asked, or may still do it. */
export class AnswerLost extends GatewayError {
  constructor() {
    super("database_unavailable");
  }
}

/** How long a caller waits for the database before it is told that there is none. */
const LOOK_UP_MS = 3_000;
const WRITE_MS = 5_000;

/** Every argument and answer is one JSON text. */
export function gatewayDatabase(sql: Sql): GatewayDatabase {
  const lookUp = async <T>(query: Promise<{ answer?: unknown }[]>): Promise<T> => {
    try {
      const rows = await inTime(query, LOOK_UP_MS);
      return rows[0]?.answer as T;
    } catch (error) {
      if (isPassing(error))
        throw mayHaveArrived(error) ? new AnswerLost() : new GatewayError("database_unavailable");
      throw error;
    }
  };
  return {
    resolve: (selectors, admissions) =>
      lookUp(
        sql.unsafe(
          `select nemo_private.gateway_resolve(${literal(jsonForPostgres(selectors))}, ${literal(jsonForPostgres(admissions))}) as answer`,
        ),
      ),
    versions: (keys) =>
      lookUp(sql`select nemo_private.gateway_versions(${JSON.stringify(keys)}::text::jsonb) as answer`),
    record: async (batchId, items) => {
      await inTime(
        sql`select nemo_private.gateway_record(${batchId}::uuid, ${jsonForPostgres(items)}::text::jsonb)`,
        WRITE_MS,
      );
    },
    renew: async (requests) => {
      await lookUp(
        sql`select nemo_private.gateway_renew(${jsonForPostgres(requests)}::text::jsonb) as answer`,
      );
    },
    withdraw: async (requestIds) => {
      await inTime(
        sql`select nemo_private.gateway_withdraw(${JSON.stringify(requestIds)}::text::jsonb)`,
        WRITE_MS,
      );
    },
    models: (keyHash) => lookUp(sql`select nemo_private.gateway_models(${keyHash}) as answer`),
    feedback: (keyHash, feedback) =>
      lookUp(
        sql`select nemo_private.gateway_feedback(${keyHash}, ${jsonForPostgres(feedback)}::text::jsonb) as answer`,
      ),
    provider: (ticket) => lookUp(sql`select nemo_private.gateway_provider(${ticket}::uuid) as answer`),
    jobProvider: (jobId, lease, connectionId) =>
      lookUp(
        sql`select nemo_private.gateway_job_provider(${jobId}::uuid, ${lease}::uuid, ${connectionId}::uuid) as answer`,
      ),
    health: () => lookUp(sql`select nemo_private.gateway_health() as answer`),
    maintain: async () => {
      await inTime(sql`select nemo_private.gateway_maintain()`, WRITE_MS);
      await inTime(sql`select nemo_private.gateway_fold()`, WRITE_MS);
    },
  };
}

class DatabaseTimeout extends Error {}

async function inTime<T>(query: Promise<T> & { cancel?: () => void }, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      query.catch(() => {});
      reject(new DatabaseTimeout(`The database did not answer in ${milliseconds} ms.`));
    }, milliseconds);
  });
  try {
    return await Promise.race([query, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Postgres' own codes begin with a digit, F0, HV, P0 or XX. EPIPE is as long as one of them and is none. */
const SQLSTATE = /^([0-9][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;
const NEVER_SENT = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "CONNECT_TIMEOUT"];

/** Postgres undoes what it reports an error for, and without a connection there was nobody to ask. */
function mayHaveArrived(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code !== "string" || !(SQLSTATE.test(code) || NEVER_SENT.includes(code));
}

/**
 * Whether an error says that the database is away, busy or full, and so may pass by itself: no SQLSTATE at all
 * (the connection failed), or one of the classes for connections, transactions to repeat and exhausted means.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof DatabaseTimeout) return true;
  const code = (error as { code?: unknown } | null)?.code;
  // The driver's own stumbling over a connection that is gone has no code; an item too deep to be written has none either.
  if (typeof code !== "string") return error instanceof Error && !(error instanceof RangeError);
  if (!SQLSTATE.test(code)) return true;
  return /^(08|28|3D|40|53|57|58)/.test(code) || code === "25006";
}
