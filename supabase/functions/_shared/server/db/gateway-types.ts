import type { Includes } from "../../core/prompt/types.ts";
import type { ConnectionRule } from "../../core/providers/choose-targets.ts";
import type { StoredConnection } from "../upstream/open-connection.ts";

/** What the gateway's SQL functions take and answer; each is explained where the function is made. */

export interface Selector {
  index: number;
  key_hash: string;
  template: string | null;
  version: number | null;
  label: string | null;
  use_default: boolean;
  /** The model the client named itself; null leaves it to the version. */
  model: string | null;
}

export interface Admission {
  selector: number;
  request_id: string;
  /** Estimated. */
  prompt_tokens: number;
  /** The most it may generate. */
  output_tokens: number;
}

export interface RunningTest {
  id: string;
  phase: number;
  assign_by: "request" | "subject";
  variants: { letter: string; version: number; weight: number; stopped: boolean }[];
}

export type Outcome =
  | "template"
  | "untouched"
  | "invalid_api_key"
  | "key_scope_denied"
  | "template_not_found"
  | "version_not_found"
  | "label_not_found"
  | "template_not_active";

export interface Resolved {
  index: number;
  outcome: Outcome;
  organization_id: string | null;
  data_policy: "none" | "metadata" | "full" | null;
  template_id: string | null;
  version: number | null;
  test: RunningTest | null;
  limit: number | null;
  remaining: number | null;
  reset_seconds: number | null;
  /** What may be promised to requests that are answered before they are looked up; null for nothing. */
  ahead: { nanousd: number; nanousd_per_mtok: number } | null;
}

export type Refusal = "rate_limit" | "concurrency" | "budget_exceeded" | "credit";

export interface Resolution {
  selectors: Resolved[];
  refused: Record<string, Refusal>;
  /** Enabled connections by organization; null when none has any. */
  connections: Record<string, GatewayConnection[]> | null;
}

/** An organization's own provider: how it is chosen and how it is reached. */
export interface GatewayConnection extends ConnectionRule, StoredConnection {}

/** What a key may ask for by name. */
export interface NamedModels {
  templates: { name: string; created_at: number }[];
  /** One entry for each model a connection lists. */
  connections: { name: string; model: string; created_at: number }[];
}

export interface VersionKey {
  key_hash: string;
  template_id: string;
  version: number;
}

export interface StoredVersion {
  template_id: string;
  version: number;
  messages: unknown;
  config: Record<string, unknown>;
  contract: unknown;
  includes: Includes;
}
