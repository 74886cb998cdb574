type Auth = {
  getSession(): Promise<{ data: { session: Session | null } }>;
  refreshSession(): Promise<{ data: { session: Session | null } }>;
};
type Session = { access_token: string };

/** Where a person's token is shown; where tokens are made, a refusal is final. */
const ANSWERS_TO_TOKENS = /\/(rest|functions)\/v1\//;

/**
 * supabase-js renews a token by this machine's clock. On one that is slow, the server says first that the token has
 * ended: it is renewed then, and the request made once more.
 */
export function renewingFetch(auth: () => Auth, ask: typeof fetch): typeof fetch {
  let renewal: Promise<Session | null> | undefined;
  function renew(): Promise<Session | null> {
    renewal ??= auth()
      .refreshSession()
      .then(({ data }) => data.session)
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  }
  return async (input, init) => {
    const response = await ask(input, init);
    const headers = new Headers(init?.headers);
    const shown = headers.get("authorization");
    if (response.status !== 401 || !shown || !ANSWERS_TO_TOKENS.test(String(input))) return response;
    const { session } = (await auth().getSession()).data;
    if (!session) return response;
    // Another request may have met the same a moment ago.
    const fresh = bearer(session) === shown ? await renew() : session;
    if (!fresh) return response;
    headers.set("authorization", bearer(fresh));
    return ask(input, { ...init, headers });
  };
}

const bearer = ({ access_token }: Session) => `Bearer ${access_token}`;
