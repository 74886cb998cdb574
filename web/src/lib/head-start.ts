import { loadConfig } from "./config.ts";
import { membershipColumns, templateListColumns, templatesOnFirstScreen } from "./first-columns.ts";

/** Where the Supabase is: asked for before anything else is loaded. */
export const configLoading = loadConfig();
configLoading.catch(() => {}); // main.tsx tells.

export const sessionKey = "nemo.session";
/** The organization last worked in: `/` leads there. */
export const lastOrganizationKey = "nemo.organization";

type Answer = { authorization: string; response: Promise<Response> };
const answers = new Map<string, Answer>();

/** An answer nobody took in this time is thrown away: it may not be true any more. */
const GOOD_FOR_MS = 10_000;
/** supabase-js renews a token before it is used when it ends sooner than this. */
const RENEWED_BEFORE_MS = 90_000;

/**
 * The two things every page waits for, who one is here and the first templates, are asked for while the code that
 * shows them is still being loaded. supabase-js asks the same and gets these answers: see `headStart`.
 */
async function begin() {
  const session = storedSession();
  const organizationId = openedOrganization();
  if (!session) return;
  const config = await configLoading;
  const get = (path: string, headers: Record<string, string> = {}) => {
    const url = `${config.supabaseUrl}/rest/v1/${path}`;
    const authorization = `Bearer ${session.token}`;
    const response = fetch(url, {
      headers: { apikey: config.publishableKey, authorization, "accept-profile": "nemo", ...headers },
    });
    response.catch(() => {}); // Whoever takes the answer is told; without a taker nobody needs to know.
    answers.set(url, { authorization, response });
  };
  const list = (table: string, columns: string, rest: Record<string, string>) =>
    `${table}?${new URLSearchParams({ select: columns.replaceAll(" ", ""), ...rest })}`;
  get(list("memberships", membershipColumns, { user_id: `eq.${session.userId}` }));
  if (organizationId) {
    const first = { offset: "0", limit: String(templatesOnFirstScreen) };
    const order = { organization_id: `eq.${organizationId}`, order: "updated_at.desc,id.asc" };
    get(list("prompt_templates", templateListColumns, { ...order, ...first }));
  }
  setTimeout(() => answers.clear(), GOOD_FOR_MS);
}

function storedSession() {
  const kept = JSON.parse(localStorage.getItem(sessionKey) ?? "null");
  const lasts = Number(kept?.expires_at) * 1000 - Date.now();
  return lasts > RENEWED_BEFORE_MS && { token: String(kept.access_token), userId: String(kept.user?.id) };
}

function openedOrganization(): string | null {
  const { pathname } = location;
  return pathname === "/"
    ? localStorage.getItem(lastOrganizationKey)
    : (/^\/o\/([0-9a-f-]{36})(\/|$)/.exec(pathname)?.[1] ?? null);
}

/**
 * The answer to exactly this request of this person, if it was asked for already. Each is given out once, and none
 * after something was changed: who accepts an invitation is in one organization more than the answer knows.
 */
export function headStart(input: RequestInfo | URL, init?: RequestInit): Promise<Response> | undefined {
  const method = init?.method ?? "GET";
  if (method !== "GET" && method !== "HEAD") answers.clear();
  const url = String(input);
  const answer = answers.get(url);
  if (!answer || method !== "GET") return undefined;
  if (new Headers(init?.headers).get("authorization") !== answer.authorization) return undefined;
  answers.delete(url);
  return answer.response;
}

begin().catch(() => {}); // It is only a head start: what fails here is met again, and told, by whoever asks.
