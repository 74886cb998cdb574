import type { User } from "@supabase/supabase-js";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { supabase } from "./supabase.ts";

type Session = { status: "loading" } | { status: "out" } | { status: "in"; user: User };

const SessionContext = createContext<Session>({ status: "loading" });

/** Follows supabase-js's session. Another person's cached answers are dropped the moment the person changes. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session>({ status: "loading" });
  const queryClient = useQueryClient();

  useEffect(() => {
    // Undefined until supabase-js has looked for a stored session, null when there is none.
    let person: string | null | undefined;
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
