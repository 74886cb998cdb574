import type { User } from "@supabase/supabase-js";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { supabase } from "./supabase.ts";

type Session = { status: "loading" } | { status: "out" } | { status: "in"; user: User };

const SessionContext = createContext<Session>({ status: "loading" });

let found: Session = { status: "loading" };

/** Looks for a stored session, so that the first thing rendered is what its owner sees. A slow answer comes later. */
export async function findSession(): Promise<void> {
  const look = supabase()
    .auth.getSession()
    .then(({ data: { session } }) => {
      found = session ? { status: "in", user: session.user } : { status: "out" };
    });
  await Promise.race([look, new Promise((resolve) => setTimeout(resolve, 100))]);
}

/** Follows supabase-js's session. Another person's cached answers are dropped the moment the person changes. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState(found);
  const queryClient = useQueryClient();

  useEffect(() => {
    // Undefined until supabase-js has looked for a stored session, null when there is none.
    let person = found.status === "loading" ? undefined : found.status === "in" ? found.user.id : null;
    const { data } = supabase().auth.onAuthStateChange((_event, next) => {
      const now = next?.user.id ?? null;
      if (person === now) return;
      if (person) queryClient.clear();
      person = now;
      setSession(next ? { status: "in", user: next.user } : { status: "out" });
    });
    return () => data.subscription.unsubscribe();
  }, [queryClient]);

  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  return useContext(SessionContext);
}

/** For pages behind the sign-in gate. */
export function useUser(): User {
  const session = useSession();
  if (session.status !== "in") throw new Error("This page is shown only to people who are signed in");
  return session.user;
}
