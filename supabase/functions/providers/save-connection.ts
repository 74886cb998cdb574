import { z } from "zod";
import { GatewayError } from "../_shared/core/errors/gateway-errors.ts";
import type { Caller } from "../_shared/server/functions/caller.ts";
import { FunctionError, fromDatabase } from "../_shared/server/functions/function-error.ts";
import { callDatabase, readOne } from "../_shared/server/functions/supabase-access.ts";
import type { UpstreamGuard } from "../_shared/server/upstream/guard.ts";
import { sealContext } from "../_shared/server/upstream/open-connection.ts";
import { readAs, type Wiring } from "./handle-request.ts";

/** A key goes into a header, so it is one word of printable characters. */
const apiKey = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,4000}$/);
const baseUrl = z.string().trim().min(1).max(500);
const names = z.array(z.string()).max(100);

const Created = z.strictObject({
  organization_id: z.uuid(),
  name: z.string(),
  base_url: baseUrl,
  api_key: apiKey.nullish(),
  models: names.default([]),
  fallbacks: names.default([]),
});

const Updated = z.strictObject({
  connection_id: z.uuid(),
  base_url: baseUrl.optional(),
  api_key: apiKey.nullish(),
  models: names.optional(),
  fallbacks: names.optional(),
  enabled: z.boolean().optional(),
});

type Body = Record<string, unknown>;

/** `POST /create`: answers the row of `provider_connections`. */
export async function createConnection(body: Body, caller: Caller, wiring: Wiring): Promise<unknown> {
  const { api_key, ...given } = readAs(Created, body);
  await refuseAddress(given.base_url, wiring.guard);
  // Chosen here and not by the database, because the key is sealed for this id.
  const id = crypto.randomUUID();
  const key = await seal(api_key, { id, ...given }, wiring);
  return await callDatabase(wiring.access.actingFor(caller), "create_provider_connection", {
    connection_id: id,
    ...given,
    ...key,
  });
}

/** `POST /update`: what is not given stays, the key included. Answers the row. */
export async function updateConnection(body: Body, caller: Caller, wiring: Wiring): Promise<unknown> {
  const { api_key, connection_id, ...given } = readAs(Updated, body);
  const person = wiring.access.asPerson(caller);
  const stored = await readOne<{ organization_id: string; base_url: string }>(
    person
      .from("provider_connections")
      .select("organization_id, base_url")
      .eq("id", connection_id)
      .maybeSingle(),
  );
  if (!stored)
    throw fromDatabase({
      code: "NM003",
      message: "There is no such provider connection.",
      hint: "Check the id; it may have been removed, or belong to an organization you are not a member of.",
    });
  const base_url = given.base_url ?? stored.base_url;
  if (given.base_url) await refuseAddress(base_url, wiring.guard);
  const key = await seal(
    api_key,
    { id: connection_id, organization_id: stored.organization_id, base_url },
    wiring,
  );
  return await callDatabase(wiring.access.actingFor(caller), "update_provider_connection", {
    connection_id,
    ...given,
    ...key,
  });
}

type Owner = Parameters<typeof sealContext>[0];

async function seal(key: string | null | undefined, owner: Owner, { ring }: Wiring) {
  if (!key) return {};
  // The last four characters of a short key would be too much of it.
  return {
    sealed_key: await ring.seal(key, sealContext(owner)),
    key_hint: key.length < 12 ? "" : key.slice(-4),
  };
}

/** A name that has no address yet may be saved: whoever uses it is told, and the address is checked again then. */
async function refuseAddress(url: string, guard: UpstreamGuard): Promise<void> {
  try {
    await guard(url);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    if (error.code === "upstream_unreachable") return;
    throw new FunctionError(
      400,
      error.code,
      error.message,
      "Give the address of a public, OpenAI-compatible API.",
    );
  }
}
