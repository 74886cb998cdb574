import { randomUUID } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { writeBehind } from "../batch/write-behind.ts";
import { isPassing } from "../db/database-errors.ts";
import { type GatewayDatabase, gatewayDatabase } from "../db/gateway-database.ts";
import type { VersionKey } from "../db/gateway-types.ts";
import type { Ask } from "../db/unbroken.ts";
import { integerSetting, type ReadEnv } from "../env/function-env.ts";
import type { WaitUntil } from "../env/wait-until.ts";
import type { Upstream } from "../upstream/call-upstream.ts";
import type { ResolveHost } from "../upstream/guard.ts";
import { connectionOpener, type OpenConnection } from "../upstream/open-connection.ts";
import { type LiveCalls, liveCalls } from "./live-calls.ts";
import { createRelaxedResolver } from "./relaxed-resolver.ts";
import { type RequestLog, requestLog } from "./request-log.ts";
import { createResolver, type Resolve } from "./resolver.ts";
import { createVersionStore, type ServedVersion } from "./version-store.ts";

/** Everything the pipeline needs from outside, made once per process. */
export interface Gateway {
  readonly database: GatewayDatabase;
  readonly platform: Upstream | null;
  readonly openConnection: OpenConnection;
  readonly waitUntil: WaitUntil;
  readonly upstreamTimeoutMs: number;
  readonly resolve: Resolve;
  /** Known, or on its way. */
  readonly version: (key: VersionKey) => ServedVersion | Promise<ServedVersion>;
  readonly log: RequestLog;
  readonly live: LiveCalls;
  readonly newRequestId: () => string;
  /** Asks the database for its housekeeping, at most once a minute. Costs nothing to call. */
  readonly keepHouse: () => void;
}

export function createGateway(
  env: ReadEnv,
  ask: Ask,
  waitUntil: WaitUntil,
  resolveHost: ResolveHost,
): Gateway {
  const database = gatewayDatabase(env, ask);
  return {
    database,
    platform: platformUpstream(env),
    openConnection: connectionOpener(env, resolveHost),
    waitUntil,
    upstreamTimeoutMs: integerSetting(env, "NEMO_UPSTREAM_TIMEOUT_MS", 120_000),
    resolve: resolver(env, database, withdrawal(database, waitUntil)),
    version: createVersionStore(database),
    live: liveCalls(database.renew),
    newRequestId: () => uuidv7(),
    keepHouse: housekeeping(database, waitUntil),
    log: requestLog(database, waitUntil),
  };
}

/** From the first request that is answered ahead of its look-up to that look-up: those of the time go together. */
const BEHIND_MS = 20;

/** Strict, or as stale as the operator allows. */
function resolver(env: ReadEnv, database: GatewayDatabase, withdraw: (ids: string[]) => void): Resolve {
  const strict = createResolver(database, { withdraw });
  const maxStalenessMs = integerSetting(env, "NEMO_MAX_STALENESS_MS", 0);
  if (maxStalenessMs === 0) return strict;
  const soon = (start: () => void) => void setTimeout(start, Math.min(BEHIND_MS, maxStalenessMs / 4));
  const behind = createResolver(database, { groups: { maxItems: 256, lanes: 1, soon } });
  return createRelaxedResolver({ maxStalenessMs, strict, behind });
}

/** Told again and again until the database has heard it; what waits past 10 000 is left to be found out as lost. */
function withdrawal(database: GatewayDatabase, waitUntil: WaitUntil): (requestIds: string[]) => void {
  const queue = writeBehind<string>({
    write: (_, requestIds) => database.withdraw(requestIds),
    newBatchId: randomUUID,
    isPassing,
    reduced: () => null,
    onDropped: () => {},
    maxItems: 500,
    everyMs: 50,
    maxWaiting: 10_000,
    keepAlive: waitUntil,
  });
  return (requestIds) => {
    if (!queue.isFull()) for (const id of requestIds) void queue.add(id);
  };
}

function housekeeping(database: GatewayDatabase, waitUntil: WaitUntil): () => void {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - last < 60_000) return;
    last = now;
    waitUntil(database.maintain().catch(() => {}));
  };
}

function platformUpstream(env: ReadEnv): Upstream | null {
  const key = env("NEMO_UPSTREAM_API_KEY") || env("OPENAI_API_KEY") || null;
  const url = env("NEMO_UPSTREAM_URL") || (env("OPENAI_API_KEY") ? "https://api.openai.com/v1" : null);
  return url ? { baseUrl: url.replace(/\/+$/, ""), apiKey: key } : null;
}
