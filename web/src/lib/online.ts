import { useSyncExternalStore } from "react";
import { config } from "./supabase.ts";

function subscribe(listener: () => void) {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** A Supabase on this very machine needs no network, whatever the browser says of it. */
function isReachable(): boolean {
  return (
    navigator.onLine ||
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(config().supabaseUrl).hostname)
  );
}

export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, isReachable);
}
