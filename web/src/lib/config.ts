/** Where this dashboard's Supabase is. Read once at start. */
export type Config = {
  supabaseUrl: string;
  publishableKey: string;
  /** What an OpenAI client gets as its base URL. */
  gatewayUrl: string;
  /** Answers come from the local fake provider; said wherever they could be taken for real ones. */
  providerIsFake: boolean;
  /** Where the local stack keeps the mail it would have sent; a real project sends it. */
  mailUrl?: string | undefined;
};

class ConfigError extends Error {
  override name = "ConfigError";
}

/**
 * The local stack serves `/config.json`; a static host has none, or answers with the page itself,
 * and the values were given at build time instead.
 */
export async function loadConfig(fetcher: typeof fetch = fetch): Promise<Config> {
  const response = await fetcher("/config.json").catch(() => undefined);
  const isJson = response?.ok && response.headers.get("content-type")?.includes("json");
  const served = isJson ? ((await response.json()) as Partial<Config>) : {};
  return complete(served, import.meta.env ?? {});
}

export function complete(served: Partial<Config>, built: Record<string, string | undefined>): Config {
  const supabaseUrl = served.supabaseUrl ?? built.VITE_SUPABASE_URL;
  const publishableKey = served.publishableKey ?? built.VITE_SUPABASE_PUBLISHABLE_KEY;
  const missing = [
    supabaseUrl ? null : "VITE_SUPABASE_URL",
    publishableKey ? null : "VITE_SUPABASE_PUBLISHABLE_KEY",
  ].filter((name) => name !== null);
  if (!supabaseUrl || !publishableKey) {
    throw new ConfigError(
      `Set ${missing.join(" and ")} when building the dashboard, or serve /config.json beside it.`,
    );
  }
  const base = supabaseUrl.replace(/\/+$/, "");
  return {
    supabaseUrl: base,
    publishableKey,
    gatewayUrl: served.gatewayUrl ?? `${base}/functions/v1/gateway/v1`,
    providerIsFake: served.providerIsFake ?? false,
    mailUrl: served.mailUrl,
  };
}
