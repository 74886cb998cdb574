import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Sql } from "postgres";
import type { Secrets } from "../stack/secrets.ts";

export interface AuthAdminOptions {
  readonly secrets: Secrets;
  /** As the superuser. */
  readonly sql: Sql;
  /** Auth's own answer to a request. */
  readonly auth: (request: Request) => Promise<Response>;
}

const PATH = /^\/auth\/v1\/admin\/users(?:\/([^/]+))?\/?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What of Auth's admin API programs that prepare tests use: accounts are made, listed, read and deleted with the
 * secret key. Answers undefined for every other path.
 */
export function authAdmin(options: AuthAdminOptions): (request: Request) => Promise<Response | undefined> {
  const { secrets, sql } = options;
  return async (request) => {
    const url = new URL(request.url);
    const path = PATH.exec(url.pathname);
    if (!path || request.method === "OPTIONS") return undefined;
    if (!holdsKey(request, secrets.secretKey)) return refusal(403, "not_admin", "User not allowed");
    const id = path[1];
    if (id === undefined && request.method === "POST") return await makeUser(options, request);
    if (id === undefined && request.method === "GET") return await listUsers(sql, url.searchParams);
    if (id !== undefined && request.method === "GET") return await readUser(sql, id);
    if (id !== undefined && request.method === "DELETE") return await deleteUser(sql, id);
    return refusal(
      501,
      "not_here",
      "The local stack makes, lists, reads and deletes accounts, and nothing else.",
    );
  };
}

function holdsKey({ headers }: Request, secretKey: string): boolean {
  const given = Buffer.from(
    headers.get("apikey") ?? headers.get("authorization")?.replace(/^Bearer +/i, "") ?? "",
  );
  const expected = Buffer.from(secretKey);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Auth itself signs the account up, so that everything hangs on it as on any other; the session is thrown away. */
async function makeUser({ auth, secrets, sql }: AuthAdminOptions, request: Request): Promise<Response> {
  const given = (await request.json().catch(() => null)) as Record<string, unknown> | null;
  if (!given) return refusal(400, "bad_json", "Could not parse request body as JSON");
  const { email, password, user_metadata: data } = given;
  const made = await auth(
    new Request(new URL("/auth/v1/signup", request.url), {
      method: "POST",
      headers: { "content-type": "application/json", apikey: secrets.publishableKey },
      body: JSON.stringify({ email, password: password ?? randomBytes(24).toString("base64url"), data }),
    }),
  );
  if (!made.ok) return made;
  const { user } = (await made.json()) as { user: { id: string } };
  await sql`delete from auth.sessions where user_id = ${user.id}`;
  return await readUser(sql, user.id);
}

// The library keeps some of its JSON as text within JSON.
const users = (sql: Sql) => sql`
  select id, aud, role, email, coalesce(phone, '') as phone, (raw_app_meta_data #>> '{}')::jsonb as app_metadata,
    (raw_user_meta_data #>> '{}')::jsonb as user_metadata, email_confirmed_at, last_sign_in_at, created_at, updated_at
  from auth.users`;

async function listUsers(sql: Sql, parameters: URLSearchParams): Promise<Response> {
  const size = Math.min(Math.max(Number(parameters.get("per_page")) || 50, 1), 1000);
  const page = Math.max(Number(parameters.get("page")) || 1, 1);
  const rows =
    await sql`${users(sql)} order by created_at desc, id limit ${size} offset ${(page - 1) * size}`;
  const [all] = await sql`select count(*)::text as count from auth.users`;
  return Response.json({ users: rows, aud: "authenticated" }, { headers: { "x-total-count": all?.count } });
}

async function readUser(sql: Sql, id: string): Promise<Response> {
  const [user] = UUID.test(id) ? await sql`${users(sql)} where id = ${id}` : [];
  return user ? Response.json(user) : refusal(404, "user_not_found", "User not found");
}

async function deleteUser(sql: Sql, id: string): Promise<Response> {
  try {
    const gone = UUID.test(id) ? await sql`delete from auth.users where id = ${id} returning id` : [];
    return gone.length > 0 ? Response.json({}) : refusal(404, "user_not_found", "User not found");
  } catch {
    // A trigger of the project has refused it. Auth does not say why either.
    return refusal(500, "unexpected_failure", "Database error deleting user");
  }
}

function refusal(status: number, code: string, msg: string): Response {
  return Response.json({ code: status, error_code: code, msg }, { status });
}
