import { expect, test } from "vitest";
import { renewingFetch } from "./renewing-fetch.ts";

/** A server that takes one token only, and an auth client that learns it by renewing. */
function setUp({ renewable = true } = {}) {
  let token = "old";
  const asked: string[] = [];
  let renewals = 0;
  const session = () => ({ data: { session: { access_token: token } } });
  const auth = {
    getSession: async () => session(),
    refreshSession: async () => {
      renewals += 1;
      if (!renewable) return { data: { session: null } };
      token = "new";
      return session();
    },
  };
  const server: typeof fetch = async (input, init) => {
    const shown = new Headers(init?.headers).get("authorization") ?? "";
    asked.push(`${String(input).slice(-8)} ${shown}`);
    return new Response(null, { status: shown === "Bearer new" ? 200 : 401 });
  };
  const ask = renewingFetch(() => auth, server);
  const get = (url: string) => ask(url, { headers: { authorization: "Bearer old" } });
  return { get, asked, renewals: () => renewals };
}

test("a token that has ended is renewed once for all who were refused, and they are answered", async () => {
  const { get, renewals } = setUp();
  const answers = await Promise.all(["/rest/v1/a", "/rest/v1/b", "/functions/v1/c"].map(get));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect((await get("/rest/v1/late")).status).toBe(200);
  expect(renewals()).toBe(1);
});

test("who cannot renew it is told of the refusal, and nothing is asked twice", async () => {
  const { get, asked } = setUp({ renewable: false });
  expect((await get("/rest/v1/a")).status).toBe(401);
  expect(asked).toHaveLength(1);
});

test("what the authentication itself refuses is refused", async () => {
  const { get, renewals } = setUp();
  expect((await get("/auth/v1/token")).status).toBe(401);
  expect(renewals()).toBe(0);
});
