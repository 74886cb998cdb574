import { createHash, createHmac } from "node:crypto";
import { type ReadEnv, secretKey } from "../_shared/server/env/function-env.ts";
import type { Caller } from "../_shared/server/functions/caller.ts";
import { FunctionError } from "../_shared/server/functions/function-error.ts";
import { versionNotFound } from "./prompts-error.ts";

/** What the door asks of the database, as the person and for the person. */
export interface PlaygroundDesk {
  /** The organization of a template the person can see; null when there is nothing to see. */
  organizationOf(caller: Caller, templateId: string): Promise<string | null>;
  /** Checks the person's role and lets in the key with this hash. Throws a FunctionError when refused. */
  openPlayground(caller: Caller, templateId: string, keyHash: string): Promise<void>;
}

/** Sends a request body, as JSON, to the gateway for a person who has no key. */
export type PlaygroundDoor = (
  caller: Caller,
  templateId: string,
  body: string,
  signal: AbortSignal,
  endpoint: "chat.completions" | "responses",
) => Promise<Response>;

/**
 * The way from a signed-in person into the gateway, which lets nobody in without a key.
 *
 * The organization's playground key is worked out from the project's secret key each time, so it is stored
 * nowhere, is not sent to the browser, and changes when that secret is rotated; the database learns its hash
 * after it has checked the person's role. What follows is an ordinary request: same limits, credit, provider
 * connections, log and charge. The price is one more hop. The alternative, serving the draft inside this
 * function with the gateway's modules, saves the hop and would be a second gateway to keep equal to the first.
 */
export function createPlaygroundDoor(env: ReadEnv, desk: PlaygroundDesk): PlaygroundDoor {
  const url = env("SUPABASE_URL") ?? "";
  const secret = secretKey(env) ?? "";
  return async (caller, templateId, body, signal, endpoint) => {
    const organizationId = await desk.organizationOf(caller, templateId);
    if (organizationId === null) throw versionNotFound();
    const key = playgroundKey(secret, organizationId);
    await desk.openPlayground(caller, templateId, createHash("sha256").update(key).digest("hex"));
    try {
      return await fetch(`${url}/functions/v1/gateway/v1/${endpoint.replace(".", "/")}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
          // Stands in the log beside the key's name and says which template was tried.
          "x-request-id": `playground ${templateId}`,
        },
        body,
        signal,
      });
    } catch {
      throw new FunctionError(502, "gateway_unreachable", "The gateway does not answer.", "Try again.");
    }
  };
}

/** Keyed with the project's secret key: whoever could work it out could do everything already. */
function playgroundKey(secret: string, organizationId: string): string {
  return `nemo_sk_${createHmac("sha256", secret).update(`playground ${organizationId}`).digest("base64url")}`;
}
