import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import { useEffect } from "react";
import { onAnnouncement } from "../lib/announce.ts";
import { IconButton } from "./button.tsx";
import styles from "./toast.module.css";

export function ToastLayer() {
  return (
    <Base.Provider limit={3}>
      <Base.Portal>
        <Base.Viewport className={styles.viewport}>
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Toasts() {
  const { toasts, add } = Base.useToastManager();

  useEffect(
    () =>
      onAnnouncement(({ title, description, undo, tone }) => {
        add({
          title,
          description,
          type: tone,
          ...(tone === "error" && { priority: "high", timeout: 10_000 }),
          actionProps: undo && { children: "Undo", onClick: undo },
        });
      }),
    [add],
  );

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
