import type { Sql } from "postgres";
import { GatewayError } from "../../core/errors/gateway-errors.ts";
import type { ReadEnv } from "../env/function-env.ts";
import type { StoredConnection } from "../upstream/open-connection.ts";
import { databaseTimeoutMs } from "./connect.ts";
import { isPassing, mayHaveArrived } from "./database-errors.ts";
import type {
  Admission,
  NamedModels,
  Resolution,
  Selector,
  StoredVersion,
  VersionKey,
} from "./gateway-types.ts";
import { inTime } from "./in-time.ts";
import { jsonForPostgres } from "./json-for-postgres.ts";
import { literal } from "./literal.ts";
import type { Ask } from "./unbroken.ts";

/** The functions of schema nemo_private that role nemo_gateway may execute, and nothing else. */
export interface GatewayDatabase {
  resolve(selectors: Selector[], admissions: Admission[]): Promise<Resolution>;
  versions(keys: VersionKey[]): Promise<StoredVersion[]>;
  /** `items` are JSON texts. */
  record(batchId: string, items: string[]): Promise<void>;
  renew(requests: { request_id: string; progress: object | null }[]): Promise<void>;
  /** Gives up requests whose look-up threw `AnswerLost`. */
  withdraw(requestIds: string[]): Promise<void>;
  /** Null: the key is none. */
  models(keyHash: string): Promise<NamedModels | null>;
  feedback(keyHash: string, feedback: object): Promise<FeedbackAnswer>;
  /** The connection a ticket of start_provider_test is for; null when the ticket is worth nothing. */
  provider(ticket: string): Promise<StoredConnection | null>;
  /** A connection for the worker that holds a job's lease; null when it may not have it (any more). */
  jobProvider(jobId: string, lease: string, connectionId: string): Promise<StoredConnection | null>;
  health(): Promise<void>;
  maintain(): Promise<void>;
}

/** `request_not_written`: it may be a moment later. */
export type FeedbackAnswer = "ok" | "invalid_api_key" | "request_not_found" | "request_not_written";

/** The database did not answer, but it may have done what it was asked, or may still do it. */
export class AnswerLost extends GatewayError {
  constructor() {
    super("database_unavailable");
  }
}

type Query = (sql: Sql) => Promise<{ answer?: unknown }[]>;

/** A write has at least this long: nobody waits for it. */
const WRITE_MS = 5_000;

/** What is shorter the driver holds back until `setImmediate`, which in Deno 2.1 is 1.1 ms later. */
const SENT_AT_ONCE = 1024;

/** Every argument and answer is one JSON text. */
export function gatewayDatabase(env: ReadEnv, ask: Ask): GatewayDatabase {
  const lookUpMs = databaseTimeoutMs(env);
  const writeMs = Math.max(WRITE_MS, lookUpMs);
  const lookUp = async <T>(query: Query): Promise<T> => {
    try {
      const rows = await ask((sql) => inTime(query(sql), lookUpMs));
      return rows[0]?.answer as T;
    } catch (error) {
      if (isPassing(error))
        throw mayHaveArrived(error) ? new AnswerLost() : new GatewayError("database_unavailable");
      throw error;
    }
  };
  const write = async (query: Query): Promise<void> => {
    await ask((sql) => inTime(query(sql), writeMs));
  };
  return {
    resolve: (selectors, admissions) =>
      lookUp((sql) =>
        sql.unsafe(
          `select nemo_private.gateway_resolve(${literal(jsonForPostgres(selectors))}, ${literal(jsonForPostgres(admissions))}) as answer`.padEnd(
            SENT_AT_ONCE,
          ),
        ),
      ),
    versions: (keys) =>
      lookUp(
        (sql) => sql`select nemo_private.gateway_versions(${JSON.stringify(keys)}::text::jsonb) as answer`,
      ),
    record: (batchId, items) =>
      write(
        (sql) =>
          sql`select nemo_private.gateway_record(${batchId}::uuid, ${`[${items.join(",")}]`}::text::jsonb)`,
      ),
    renew: (requests) =>
      lookUp(
        (sql) => sql`select nemo_private.gateway_renew(${jsonForPostgres(requests)}::text::jsonb) as answer`,
      ),
    withdraw: (requestIds) =>
      write((sql) => sql`select nemo_private.gateway_withdraw(${JSON.stringify(requestIds)}::text::jsonb)`),
    models: (keyHash) => lookUp((sql) => sql`select nemo_private.gateway_models(${keyHash}) as answer`),
    feedback: (keyHash, feedback) =>
      lookUp(
        (sql) =>
          sql`select nemo_private.gateway_feedback(${keyHash}, ${jsonForPostgres(feedback)}::text::jsonb) as answer`,
      ),
    provider: (ticket) =>
      lookUp((sql) => sql`select nemo_private.gateway_provider(${ticket}::uuid) as answer`),
    jobProvider: (jobId, lease, connectionId) =>
      lookUp(
        (sql) =>
          sql`select nemo_private.gateway_job_provider(${jobId}::uuid, ${lease}::uuid, ${connectionId}::uuid) as answer`,
      ),
    health: () => lookUp((sql) => sql`select nemo_private.gateway_health() as answer`),
    maintain: async () => {
      await write((sql) => sql`select nemo_private.gateway_maintain()`);
      await write((sql) => sql`select nemo_private.gateway_fold()`);
    },
  };
}
