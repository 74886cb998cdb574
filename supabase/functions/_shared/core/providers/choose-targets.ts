/** What the choice needs to know of an organization's connection. */
export interface ConnectionRule {
  readonly name: string;
  /** Models that go here when named alone: names, or beginnings ending in `*`. */
  readonly models: readonly string[];
  /** Tried in this order when the connection fails: `name` or `name/model`. */
  readonly fallbacks: readonly string[];
}

/** One provider to try, and the model to ask of it (null leaves the request's). */
export interface Target<Connection> {
  readonly provider: string;
  /** Null is the platform's own provider. */
  readonly connection: Connection | null;
  readonly model: string | null;
}

export interface AskedFor {
  /** The model the client named itself. */
  readonly clientModel: string | null;
  /** The model of the merged request. */
  readonly model: string | null;
  /** The version's config; its `provider` and `fallbacks` are meant for Nemo when they are text. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** The name under which the operator's provider is asked for and logged. */
export const PLATFORM = "platform";

const MOST_TARGETS = 6;

/**
 * Which providers a request goes to, in order. First match wins: 1. the client's model is `<connection>/<model>`
 * · 2. the version's `provider` · 3. the version's model is `<connection>/<model>` · 4. a connection whose `models`
 * name the model · 5. the platform. A prefix that is no connection belongs to the model. After the first come the
 * version's `fallbacks`, or without them the first connection's own; names that do not exist are left out.
 *
 * Empty when the version names a provider that does not exist and no fallback does: such a request must not go to
 * somebody else in silence.
 */
export function chooseTargets<Connection extends ConnectionRule>(
  asked: AskedFor,
  connections: readonly Connection[],
): Target<Connection>[] {
  const { config } = asked;
  if (isForPlatform(asked, connections)) {
    return [{ provider: PLATFORM, connection: null, model: asked.model }];
  }
  const named = (provider: string, model: string | null): Target<Connection> | null => {
    const connection = connections.find(({ name }) => name === provider) ?? null;
    return connection || provider === PLATFORM ? { provider, connection, model } : null;
  };
  const prefixed = (text: string | null): Target<Connection> | null => {
    const slash = text?.indexOf("/") ?? -1;
    return text && slash > 0 && slash < text.length - 1
      ? named(text.slice(0, slash), text.slice(slash + 1))
      : null;
  };
  const first = (): Target<Connection> | null => {
    const byClient = prefixed(asked.clientModel);
    if (byClient) return byClient;
    if (typeof config.provider === "string") {
      const own = prefixed(asked.model);
      return named(config.provider, own?.provider === config.provider ? own.model : asked.model);
    }
    const listed = () =>
      connections.find(({ models }) => models.some((pattern) => matches(pattern, asked.model)));
    return prefixed(asked.model) ?? named(listed()?.name ?? PLATFORM, asked.model);
  };
  const chosen = first();
  const own = chosen?.connection?.fallbacks ?? [];
  const fallbacks = prefixed(asked.clientModel) ? own : (textList(config.fallbacks) ?? own);
  const rest = fallbacks.map((text) => prefixed(text) ?? named(text, chosen ? chosen.model : asked.model));
  return [chosen, ...rest]
    .filter((target) => target !== null)
    .filter((target, at, all) => at === all.findIndex((one) => isSame(one, target)))
    .slice(0, MOST_TARGETS);
}

/** What all the rules come to where nothing names a provider: most requests, and quick to see. */
function isForPlatform(
  { clientModel, model, config }: AskedFor,
  connections: readonly ConnectionRule[],
): boolean {
  const plain = (name: string | null) => !name?.startsWith(`${PLATFORM}/`);
  return (
    connections.length === 0 &&
    typeof config.provider !== "string" &&
    config.fallbacks === undefined &&
    plain(clientModel) &&
    plain(model)
  );
}

function matches(pattern: string, model: string | null): boolean {
  if (model === null) return false;
  return pattern.endsWith("*") ? model.startsWith(pattern.slice(0, -1)) : model === pattern;
}

function isSame(one: Target<unknown>, other: Target<unknown>): boolean {
  return one.provider === other.provider && one.model === other.model;
}

function textList(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : null;
}
