import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { type Announcement, corrected, onAnnouncement } from "../lib/announce.ts";
import { IconButton } from "./button.tsx";
import styles from "./toast.module.css";
import { MOST_TOASTS, roomAmong } from "./toast-room.ts";

export function ToastLayer() {
  return (
    <Base.Provider limit={MOST_TOASTS}>
      <Base.Portal>
        <Base.Viewport className={styles.viewport}>
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts, add, update, close } = Base.useToastManager();
  const [waiting, setWaiting] = useState<readonly Announcement[]>([]);
  useEffect(
    () =>
      onAnnouncement({
        say: (next) => setWaiting((all) => [...all, next]),
        correct: (about, title) => {
          setWaiting((all) => corrected(all, about, title));
          update(about, { title, description: undefined });
        },
      }),
    [update],
  );

  useEffect(() => {
    const [next] = waiting;
    if (!next) return;
    const shown = toasts.filter(({ transitionStatus }) => transitionStatus !== "ending");
    const toast = toastOf(next);
    // What is said again, or of the same thing, is that toast once more, and not a second one.
    const room = shown.some((one) => one.id === toast.id) ? "free" : roomAmong(shown);
    if (room === "wait") return;
    if (room !== "free") close(room.close);
    add(toast);
    setWaiting((all) => all.slice(1));
  }, [waiting, toasts, add, close]);

  return toasts.map((toast) => (
    <Base.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection={["right", "down"]}>
      <div className={styles.text}>
        <Base.Title className={styles.title} />
        <Base.Description className={styles.description} />
      </div>
      {toast.actionProps && <Base.Action className={styles.action} />}
      <Base.Close render={<IconButton label="Dismiss" size="small" icon={<X aria-hidden="true" />} />} />
    </Base.Root>
  ));
}

function toastOf({ title, description, undo, tone, about }: Announcement) {
  return {
    ...(about && { id: about }),
    title,
    description,
    type: tone,
    ...(tone === "error" && { id: `${title} ${description}`, priority: "high" as const, timeout: 10_000 }),
    actionProps: undo && { children: "Undo", onClick: undo },
  };
}
