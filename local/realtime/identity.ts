import { jwtVerify } from "jose";
import type { Secrets } from "../stack/secrets.ts";

/** Whom a channel acts for: the claims that policies see. */
export interface Identity {
  readonly role: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds since 1970; the token is worth nothing after it. */
  readonly expiresAt?: number;
}

const ROLES = ["anon", "authenticated", "service_role"];

export type Identify = {
  /** The role of an API key, or undefined if it is not one of this project's. */
  key(apikey: string | null | undefined): Identity | undefined;
  /** The person of a session's access token, or undefined if it is not valid (any more). */
  token(token: string): Promise<Identity | undefined>;
};

export function identifyWith(secrets: Secrets): Identify {
  const jwtSecret = new TextEncoder().encode(secrets.jwtSecret);
  const asRole = (role: string): Identity => ({ role, claims: { role } });
  return {
    key: (apikey) => {
      if (apikey === secrets.publishableKey) return asRole("anon");
      if (apikey === secrets.secretKey) return asRole("service_role");
      return undefined;
    },
    token: async (token) => {
      try {
        const { payload } = await jwtVerify(token, jwtSecret, { algorithms: ["HS256"] });
        // As on hosted Supabase, role and exp are required.
        if (!ROLES.includes(String(payload.role)) || payload.exp === undefined) return undefined;
        return { role: String(payload.role), claims: payload, expiresAt: payload.exp };
      } catch {
        return undefined;
      }
    },
  };
}

export const isExpired = ({ expiresAt }: Identity): boolean =>
  expiresAt !== undefined && expiresAt * 1000 <= Date.now();
