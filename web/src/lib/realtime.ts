import type { RealtimeChannel, RealtimeChannelOptions } from "@supabase/supabase-js";
import type { RealtimeClient } from "./later-realtime.ts";
import { supabase } from "./supabase.ts";
import { whenIdle } from "./when-idle.ts";

const whenAlive = new Set<() => void>();

/** Called whenever the server has answered: whatever it sent before has come. */
export function onSignOfLife(listener: () => void): () => void {
  whenAlive.add(listener);
  return () => whenAlive.delete(listener);
}

/**
 * Joins a channel once the code for it is here, and answers how to leave it. `prepare` says what to listen to, and
 * subscribes. Listening is never needed for the first paint: pages show what they read.
 */
export function joinChannel(
  topic: string,
  config: RealtimeChannelOptions["config"],
  prepare: (channel: RealtimeChannel) => void,
): () => void {
  let left = false;
  let leave = () => {};
  // The build puts later-realtime.ts where supabase-js imports its realtime client.
  const later = supabase().realtime as unknown as RealtimeClient;
  const join = () =>
    later.load().then(
      (client) => {
        if (left) return;
        client.onHeartbeat((status) => {
          if (status === "ok") for (const listener of whenAlive) listener();
        });
        const channel = client.channel(topic, { config }) as unknown as RealtimeChannel;
        leave = () => void client.removeChannel(channel as never);
        prepare(channel);
      },
      // Without the code nothing arrives by itself; the next reading of a page still shows the truth.
      (reason) => console.warn("Realtime could not be loaded:", reason),
    );
  whenIdle(() => void (left || join()));
  return () => {
    left = true;
    leave();
  };
}
