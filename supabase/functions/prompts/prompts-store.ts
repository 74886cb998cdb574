import type { LintReport } from "../_shared/core/lint/lint-result.ts";
import { LINTER_VERSION } from "../_shared/core/lint/rules.ts";
import { includeMessages } from "../_shared/core/prompt/include-tags.ts";
import type { Includes } from "../_shared/core/prompt/types.ts";
import type { ReadEnv } from "../_shared/server/env/function-env.ts";
import type { Caller } from "../_shared/server/functions/caller.ts";
import { callDatabase, createAccess, readOne } from "../_shared/server/functions/supabase-access.ts";
import { createPlaygroundDoor, type PlaygroundDoor } from "./playground-door.ts";

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

/** All this function asks of Supabase. Every method throws a FunctionError when it is refused. */
export interface PromptsStore {
  /** The person a token belongs to. */
  identify(token: string): Promise<string>;
  /** Reads with the person's own token, so row level security decides; null when there is nothing to see. */
  readVersion(caller: Caller, name: VersionName): Promise<StoredVersion | null>;
  /**
   * What a version includes or, without a version, what these messages would if they were saved now; null when they
   * have no tag for it. Reads as the person asking.
   */
  readIncludes(
    caller: Caller,
    of: { template_id: string; version?: number },
    messages: unknown,
  ): Promise<Includes | null>;
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
  /** Answers what the gateway answers to this body. */
  sendToGateway: PlaygroundDoor;
}

/** Entries in one page of an export: the most `audit_entries` hands out. */
export const AUDIT_PAGE = 1000;

/** The store over a project's REST and Auth API. */
export function createPromptsStore(env: ReadEnv): PromptsStore {
  const { identify, asPerson, actingFor, asServer } = createAccess(env);
  return {
    identify,
    readVersion: (caller, { template_id, version }) =>
      readOne(
        asPerson(caller)
          .from("prompt_versions")
          .select("messages, config, contract, content_hash")
          .eq("template_id", template_id)
          .eq("version", version)
          .maybeSingle(),
      ),
    async readIncludes(caller, { template_id, version }, messages) {
      const asked = includeMessages(messages);
      if (!asked) return null;
      const of = version === undefined ? { template_id, messages: asked } : { template_id, version };
      return (await callDatabase(asPerson(caller), "prompt_includes", of)) as Includes;
    },
    async recordReport(name, content_hash, { errorCount, warningCount, findings }) {
      await callDatabase(asServer, "record_lint_report", {
        ...name,
        content_hash,
        error_count: errorCount,
        warning_count: warningCount,
        findings,
        linter_version: LINTER_VERSION,
      });
    },
    async recordDenial({ template_id }, { userId }) {
      await callDatabase(asServer, "record_access_denial", { template_id, user_id: userId });
    },
    async activate(caller, name) {
      return (await callDatabase(actingFor(caller), "activate_version", { ...name })) as Record<
        string,
        unknown
      >;
    },
    async startExport(caller, organization_id, format, filters) {
      return (await callDatabase(actingFor(caller), "start_audit_export", {
        organization_id,
        format,
        filters,
      })) as number;
    },
    async auditPage(caller, organization_id, filters, before) {
      const page = { organization_id, ...filters, before, max: AUDIT_PAGE };
      return (await callDatabase(asPerson(caller), "audit_entries", page)) as AuditEntry[];
    },
    sendToGateway: createPlaygroundDoor(env, {
      async organizationOf(caller, templateId) {
        const templates = asPerson(caller).from("prompt_templates");
        const row = await readOne<{ organization_id: string }>(
          templates.select("organization_id").eq("id", templateId).maybeSingle(),
        );
        return row?.organization_id ?? null;
      },
      async openPlayground(caller, template_id, key_hash) {
        await callDatabase(actingFor(caller), "open_playground", { template_id, key_hash });
      },
    }),
  };
}
