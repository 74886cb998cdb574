/** Reads one variable of the environment; a function passes `Deno.env.get`, a test passes a lookup in an object. */
export type ReadEnv = (name: string) => string | undefined;

/**
 * Supabase's keys, in the new form (`SUPABASE_SECRET_KEYS`, a JSON object from name to key) or the legacy one.
 * Undefined where the environment has neither.
 */
export function secretKey(env: ReadEnv): string | undefined {
  return defaultKey(env("SUPABASE_SECRET_KEYS")) ?? env("SUPABASE_SERVICE_ROLE_KEY");
}

/** The key a function sends as `apikey` when it acts for a signed-in person by passing their token on. */
export function publishableKey(env: ReadEnv): string | undefined {
  return defaultKey(env("SUPABASE_PUBLISHABLE_KEYS")) ?? env("SUPABASE_ANON_KEY");
}

function defaultKey(json: string | undefined): string | undefined {
  if (!json) return undefined;
  const keys = JSON.parse(json) as Record<string, string>;
  return keys.default ?? Object.values(keys)[0];
}

/** A whole number from the environment; a value that is not one is refused at start, not met at run time. */
export function integerSetting(env: ReadEnv, name: string, fallback: number): number {
  const text = env(name);
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`${name} must be a whole number of at least 0, got "${text}".`);
  return value;
}

/** A switch: `1`, `true`, `yes` and `on` turn it on. */
export function booleanSetting(env: ReadEnv, name: string): boolean {
  return /^(1|true|yes|on)$/i.test(env(name) ?? "");
}
