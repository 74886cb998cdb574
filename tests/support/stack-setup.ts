import type { TestProject } from "vitest/node";
import { freePort } from "../../local/network/free-port.ts";
import { startEphemeralStack } from "../../local/stack/start-ephemeral.ts";

/** What tests know of the running stack; plain data, because every test file runs in a process of its own. */
export interface StackFacts {
  readonly url: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** As the role `postgres`. */
  readonly dbUrl: string;
  /** As the superuser, for looking behind the scenes. */
  readonly adminDbUrl: string;
  readonly gatewayUrl: string;
  readonly webUrl: string;
  /** Base URL of the fake provider, ending in `/v1`. */
  readonly fakeProviderUrl: string;
  /** A free port of 127.0.0.1 to which a provider connection may lead, for a test's own provider. */
  readonly ownProviderPort: number;
}

declare module "vitest" {
  interface ProvidedContext {
    stack: StackFacts;
  }
}

/** One ephemeral stack for the whole run of a project. Tests that start others find the dashboard built. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Below those a system gives to whoever wants any, so that it is still free when a test comes to it.
  const ownProviderPort = await freePort(20_000 + Math.floor(Math.random() * 10_000));
  process.env.NEMO_ALLOW_PRIVATE_UPSTREAMS = `127.0.0.1:${ownProviderPort}`;
  // What a machine that does everything at once takes for a look-up is no outage.
  process.env.NEMO_DB_TIMEOUT_MS = "60000";
  const stack = await startEphemeralStack({ seed: false });
  const { url, publishableKey, secretKey, dbUrl, gatewayUrl, webUrl, fakeProviderUrl = "" } = stack;
  const adminDbUrl = stack.databaseUrl("supabase_admin");
  project.provide("stack", {
    url,
    publishableKey,
    secretKey,
    dbUrl,
    adminDbUrl,
    gatewayUrl,
    webUrl,
    fakeProviderUrl,
    ownProviderPort,
  });
  return () => stack.stop();
}
