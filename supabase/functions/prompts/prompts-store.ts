import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import type { LintReport } from "../_shared/core/lint/lint-result.ts";
import { LINTER_VERSION } from "../_shared/core/lint/rules.ts";
import { publishableKey, type ReadEnv, secretKey } from "../_shared/server/env/function-env.ts";
import { databaseUnavailable, fromDatabase, notSignedIn } from "./prompts-error.ts";

/** Who is asking, from where. */
export interface Caller {
  readonly userId: string;
  readonly token: string;
  readonly ip: string | null;
  readonly agent: string | null;
}

export interface StoredVersion {
  readonly messages: unknown;
  readonly config: unknown;
  readonly contract: unknown;
  readonly content_hash: string;
}

export interface VersionName {
  readonly template_id: string;
  readonly version: number;
}

export type AuditEntry = Readonly<Record<string, unknown>> & { readonly sequence: number };

/** Filters of `nemo.audit_entries`, as text from the query. */
export type AuditFilters = Readonly<
  Partial<Record<"template_id" | "actor" | "action" | "since" | "until", string>>
>;

/** All this function asks of Supabase. Every method throws a PromptsError when it is refused. */
export interface PromptsStore {
  /** The person a token belongs to. Works for HS256 (asks Auth) and ES256/RS256 (verifies with Auth's keys). */
  identify(token: string): Promise<string>;
  /** Reads with the person's own token, so row level security decides; null when there is nothing to see. */
  readVersion(caller: Caller, name: VersionName): Promise<StoredVersion | null>;
  recordReport(name: VersionName, contentHash: string, report: LintReport): Promise<void>;
  recordDenial(name: VersionName, caller: Caller): Promise<void>;
  /** Answers the template's row. */
  activate(caller: Caller, name: VersionName): Promise<Record<string, unknown>>;
  /** Audits the export; answers the sequence before which it reads. */
  startExport(caller: Caller, organizationId: string, format: string, filters: AuditFilters): Promise<number>;
  auditPage(
    caller: Caller,
    organizationId: string,
    filters: AuditFilters,
    before: number,
  ): Promise<AuditEntry[]>;
}

/** Entries in one page of an export: the most `audit_entries` hands out. */
export const AUDIT_PAGE = 1000;

type Headers = Record<string, string>;

/**
 * The store over a project's REST and Auth API. Reads go with the person's token. Writes that must name the
 * person and where they sit go with the secret key and the headers `x-nemo-acting-user`, `x-nemo-client-ip`
 * and `x-nemo-client-agent`, which the database believes from the service role alone: it checks that person's
 * role itself, and its audit shows the person and not this function.
 */
export function createPromptsStore(env: ReadEnv): PromptsStore {
  const url = need(env("SUPABASE_URL"), "SUPABASE_URL");
  const publicKey = need(publishableKey(env), "SUPABASE_PUBLISHABLE_KEYS");
  const trustedKey = need(secretKey(env), "SUPABASE_SECRET_KEYS");
  const auth = connect(url, publicKey, {}).auth;
  const asPerson = ({ token }: Caller) => connect(url, publicKey, { authorization: `Bearer ${token}` });
  const asServer = connect(url, trustedKey, {});
  const actingFor = (caller: Caller) => connect(url, trustedKey, actingHeaders(caller));
  return {
    identify: (token) => identify(auth, token),
    async readVersion(caller, { template_id, version }) {
      const { data, error } = await asPerson(caller)
        .from("prompt_versions")
        .select("messages, config, contract, content_hash")
        .eq("template_id", template_id)
        .eq("version", version)
        .maybeSingle();
      if (error) throw fromDatabase(error);
      return data as StoredVersion | null;
    },
    async recordReport(name, content_hash, { errorCount, warningCount, findings }) {
      await call(asServer, "record_lint_report", {
        ...name,
        content_hash,
        error_count: errorCount,
        warning_count: warningCount,
        findings,
        linter_version: LINTER_VERSION,
      });
    },
    async recordDenial({ template_id }, { userId }) {
      await call(asServer, "record_access_denial", { template_id, user_id: userId });
    },
    async activate(caller, name) {
      return (await call(actingFor(caller), "activate_version", { ...name })) as Record<string, unknown>;
    },
    async startExport(caller, organization_id, format, filters) {
      return (await call(actingFor(caller), "start_audit_export", {
        organization_id,
        format,
        filters,
      })) as number;
    },
    async auditPage(caller, organization_id, filters, before) {
      const page = { organization_id, ...filters, before, max: AUDIT_PAGE };
      return (await call(asPerson(caller), "audit_entries", page)) as AuditEntry[];
    },
  };
}

type Database = SupabaseClient<never, "nemo", "nemo">;

function connect(url: string, key: string, headers: Headers): Database {
  return createClient(url, key, {
    db: { schema: "nemo" },
    global: { headers },
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  }) as unknown as Database;
}

async function call(client: Database, name: string, args: Record<string, unknown>): Promise<unknown> {
  const { data, error } = await (client as unknown as SupabaseClient).rpc(name, args);
  if (error) throw fromDatabase(error);
  return data;
}

async function identify(auth: SupabaseClient["auth"], token: string): Promise<string> {
  const { data, error } = await auth.getClaims(token);
  // Auth that cannot be reached is no reason to tell a signed-in person that they are not.
  if (error && (error.status === undefined || error.status === 0 || error.status >= 500)) {
    if (error.name === "AuthRetryableFetchError") throw databaseUnavailable();
  }
  const { sub, role } = data?.claims ?? {};
  if (error || typeof sub !== "string" || role !== "authenticated") throw notSignedIn();
  return sub;
}

function actingHeaders({ userId, ip, agent }: Caller): Headers {
  return {
    "x-nemo-acting-user": userId,
    ...(ip ? { "x-nemo-client-ip": ip } : {}),
    ...(agent ? { "x-nemo-client-agent": agent } : {}),
  };
}

function need(value: string | undefined, name: string): string {
  if (!value) throw new Error(`${name} is not set; Supabase sets it for every Edge Function.`);
  return value;
}
