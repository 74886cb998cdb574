import { isIP } from "node:net";
import type { SupabaseClient } from "@supabase/supabase-js";
import { databaseUnavailable, notSignedIn } from "./function-error.ts";

/** Who is asking, from where. */
export interface Caller {
  readonly userId: string;
  readonly token: string;
  readonly ip: string | null;
  readonly agent: string | null;
}

/** The person whose access token a request carries; throws `not_signed_in` when there is none. */
export async function identifyCaller(
  request: Request,
  identify: (token: string) => Promise<string>,
): Promise<Caller> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (!token) throw notSignedIn();
  const userId = await identify(token);
  return { userId, token, ip: clientIp(request.headers), agent: request.headers.get("user-agent") };
}

/** As `nemo_private.client_ip` reads it, which has the last word on what an address is. */
function clientIp(headers: Headers): string | null {
  const seen = [headers.get("cf-connecting-ip"), ...(headers.get("x-forwarded-for") ?? "").split(",")];
  return seen.map((address) => address?.trim()).find((address) => address && isIP(address)) ?? null;
}

/** The id of the person a token belongs to. Works for HS256 (asks Auth) and ES256/RS256 (verifies with Auth's keys). */
export async function identifyToken(auth: SupabaseClient["auth"], token: string): Promise<string> {
  const { data, error } = await auth.getClaims(token);
  // Auth that cannot be reached is no reason to tell a signed-in person that they are not.
  if (error?.name === "AuthRetryableFetchError") throw databaseUnavailable();
  const { sub, role } = data?.claims ?? {};
  if (error || typeof sub !== "string" || role !== "authenticated") throw notSignedIn();
  return sub;
}

/** Headers by which the database knows for whom the service role acts; it believes them from no other role. */
export function actingHeaders({ userId, ip, agent }: Caller): Record<string, string> {
  return {
    "x-nemo-acting-user": userId,
    ...(ip ? { "x-nemo-client-ip": ip } : {}),
    ...(agent ? { "x-nemo-client-agent": agent } : {}),
  };
}
