import type { PromptConfig } from "../prompt/types.ts";
import { type ConnectionRule, chooseTargets, PLATFORM } from "../providers/choose-targets.ts";

/** An organization's own provider, as far as choosing it needs. */
export interface Connection extends ConnectionRule {
  readonly id: string;
}

/** Whom a version's rewrites are asked of, and so who pays for them. */
export interface Choice {
  /** `platform`, which uses credit, or the name of the organization's own connection, which does not. */
  readonly provider: string;
  readonly connection: Connection | null;
  /** As that provider calls it. */
  readonly model: string;
}

const DEFAULT_MODEL = "gpt-4.1-mini";

/**
 * The provider the gateway would send this version's requests to. No fallback is followed: it might be paid for by
 * somebody else than was agreed, and a job tries again by itself. Null when the version names a provider that is not
 * connected: its text must not go to somebody else in silence.
 *
 * `platformModel` is the operator's word for all recommendations; it holds for the platform's provider alone.
 */
export function chooseProvider(
  config: PromptConfig,
  connections: readonly Connection[],
  platformModel: string | null,
): Choice | null {
  const named = typeof config.model === "string" ? config.model : null;
  const asked = { clientModel: null, model: named ?? platformModel ?? DEFAULT_MODEL };
  const [target] = chooseTargets({ ...asked, config: { ...config, fallbacks: [] } }, connections);
  if (!target) return null;
  const { provider, connection } = target;
  const model = target.model ?? DEFAULT_MODEL;
  if (!connection) return { provider: PLATFORM, connection, model: platformModel ?? model };
  const listed = connection.models.find((pattern) => !pattern.includes("*"));
  return { provider, connection, model: named === null ? (listed ?? model) : model };
}
