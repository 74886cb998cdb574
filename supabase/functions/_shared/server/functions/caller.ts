import type { SupabaseClient } from "@supabase/supabase-js";
import { databaseUnavailable, notSignedIn } from "./function-error.ts";

/** Who is asking, from where. */
export interface Caller {
  readonly userId: string;
  readonly token: string;
  /** Where the request says that it came from, the most trusted word first; `nemo_private.client_ip` reads it. */
  readonly from: string;
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
  const from = ["cf-connecting-ip", "x-forwarded-for"].flatMap((name) => request.headers.get(name) ?? []);
  return { userId, token, from: from.join(","), agent: request.headers.get("user-agent") };
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
export function actingHeaders({ userId, from, agent }: Caller): Record<string, string> {
  return {
    "x-nemo-acting-user": userId,
    "x-nemo-client-ip": from,
    ...(agent ? { "x-nemo-client-agent": agent } : {}),
  };
}
