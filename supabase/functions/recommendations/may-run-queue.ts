import { type ReadEnv, secretKey } from "../_shared/server/env/function-env.ts";
import { ticketRefused } from "./recommendations-error.ts";
import type { Store } from "./store.ts";

/** What a ticket for the queue is issued for; see the migration of work_tickets. */
const WORK = "recommendations/run";

/**
 * Whether whoever calls may have the whole queue worked: the database's schedule, which shows a ticket that is good
 * once, or whoever has the secret key.
 *
 * @throws FunctionError `ticket_refused` for a ticket that is not good
 */
export async function mayRunQueue(headers: Headers, env: ReadEnv, store: Store): Promise<boolean> {
  const ticket = headers.get("x-nemo-ticket");
  if (ticket === null) return await isSecretKey(headers.get("apikey"), secretKey(env));
  // What cannot be one is not worth a question to the database.
  if (!/^nemo_ticket_[A-Za-z0-9_-]{43}$/.test(ticket)) throw ticketRefused();
  if (await store.asServer("redeem_ticket", { ticket, work: WORK })) return true;
  throw ticketRefused();
}

/** Compares digests, so that the time taken tells nothing about the key. */
async function isSecretKey(given: string | null, expected: string | undefined): Promise<boolean> {
  if (!given || !expected) return false;
  const [a, b] = await Promise.all(
    [given, expected].map((key) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(key))),
  );
  const [left, right] = [new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer)];
  return left.reduce((difference, byte, index) => difference | (byte ^ (right[index] ?? 0)), 0) === 0;
}
