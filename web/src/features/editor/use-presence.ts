import { templateTopic } from "@core/events/realtime-events.ts";
import { useEffect, useRef, useState } from "react";
import { joinChannel } from "../../lib/realtime.ts";
import { useUser } from "../../lib/session.tsx";

/** Somebody else who has this template open. */
export type Present = { userId: string; writing: boolean };

type Shown = { writing?: boolean };

/**
 * Who else has the template open, on a private channel that row level security opens to the organization alone.
 * What people show of themselves is their word: names are looked up among the members, and nothing depends on it.
 */
export function usePresence(organizationId: string, templateId: string, writing: boolean): Present[] {
  const { id: userId } = useUser();
  const [others, setOthers] = useState<Present[]>([]);
  const show = useRef<(shown: Shown) => void>(undefined);
  const latest = useRef(writing);
  latest.current = writing;

  useEffect(() => {
    const topic = templateTopic(organizationId, templateId);
    const leave = joinChannel(topic, { private: true, presence: { key: userId } }, (channel) => {
      channel.on("presence", { event: "sync" }, () => {
        const state = channel.presenceState<Shown>();
        const present = Object.entries(state).filter(([key]) => key !== userId);
        setOthers(present.map(([key, tabs]) => ({ userId: key, writing: tabs.some((tab) => tab.writing) })));
      });
      channel.subscribe((status) => {
        if (status !== "SUBSCRIBED") return;
        show.current = (shown) => void channel.track(shown);
        show.current({ writing: latest.current });
      });
    });
    return () => {
      show.current = undefined;
      leave();
    };
  }, [organizationId, templateId, userId]);

  useEffect(() => {
    show.current?.({ writing });
  }, [writing]);
  return others;
}
