import type {
  RealtimeClient as Client,
  RealtimeClientOptions,
} from "@supabase/realtime-js/dist/module/index.js";

/**
 * Stands where supabase-js makes its realtime client, until somebody wants to listen: then the real one is fetched,
 * with what supabase-js gave to this one. Only what supabase-js itself calls is here.
 */
export class RealtimeClient {
  readonly #arguments: [string, RealtimeClientOptions];
  #loading: Promise<Client> | undefined;

  constructor(url: string, options: RealtimeClientOptions) {
    this.#arguments = [url, options];
  }

  load(): Promise<Client> {
    this.#loading ??= import("@supabase/realtime-js/dist/module/index.js").then(async (realtime) => {
      const client = new realtime.RealtimeClient(...this.#arguments);
      // Whoever joins a private channel without saying who they are is refused.
      await client.setAuth();
      return client;
    });
    return this.#loading;
  }

  /** Tokens are asked for by the callback among the options; a new one is passed on to a client that is there. */
  async setAuth(token?: string | null): Promise<void> {
    await (await this.#loading)?.setAuth(token);
  }
}
