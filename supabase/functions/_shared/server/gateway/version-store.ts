import { GatewayError } from "../../core/errors/gateway-errors.ts";
import { type PreparedPrompt, preparePrompt } from "../../core/prompt/prepare-prompt.ts";
import type { PromptSource } from "../../core/prompt/types.ts";
import { coalesce } from "../batch/coalesce.ts";
import type { GatewayDatabase } from "../db/gateway-database.ts";
import type { StoredVersion, VersionKey } from "../db/gateway-types.ts";

/** A version ready to serve. */
export interface ServedVersion {
  prompt: PreparedPrompt;
  config: Record<string, unknown>;
}

/** How many versions are kept; the ones used longest ago make room. */
const KEPT = 500;

/**
 * Versions by id and number, parsed once. They are immutable, so what was read once holds for ever. Which
 * version a request gets is read anew each time; that a key may have it was decided there.
 */
export function createVersionStore(
  database: Pick<GatewayDatabase, "versions">,
): (key: VersionKey) => ServedVersion | Promise<ServedVersion> {
  const kept = new Map<string, ServedVersion | Promise<ServedVersion>>();
  const fetchOne = coalesce(
    async (keys: VersionKey[]) => {
      const found = await database.versions(keys);
      return keys.map((key) =>
        found.find((one) => one.template_id === key.template_id && one.version === key.version),
      );
    },
    { maxItems: 50, lanes: 2 },
  );

  return (key) => {
    const name = `${key.template_id}@${key.version}`;
    const known = kept.get(name);
    if (known) {
      kept.delete(name);
      kept.set(name, known);
      return known;
    }
    const loading = fetchOne(key).then(prepare);
    kept.set(name, loading);
    // A failure is not kept: the next request tries again.
    loading.then(
      (served) => kept.has(name) && kept.set(name, served),
      () => kept.delete(name),
    );
    if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
    return loading;
  };
}

function prepare(stored: StoredVersion | undefined): ServedVersion {
  if (!stored) throw new GatewayError("template_not_found");
  const source = { messages: stored.messages, contract: stored.contract } as PromptSource;
  return { prompt: preparePrompt(source, stored.includes), config: stored.config };
}
