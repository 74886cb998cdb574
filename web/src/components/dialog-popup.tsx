import { Dialog as Base } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { X } from "lucide-react";
import { useRef, useState } from "react";
import { IconButton } from "./button.tsx";
import styles from "./dialog.module.css";
import { CloseDialogContext, type DialogProps } from "./dialog.tsx";
import { LaterFocus, useDialogFocus } from "./dialog-focus.ts";

export function DialogPopup(props: DialogProps & { defaultOpen?: boolean }) {
  const { title, description, trigger, shape = "dialog", persistent, children, defaultOpen = false } = props;
  const [ownOpen, setOwnOpen] = useState(defaultOpen);
  const open = props.open ?? ownOpen;
  const popup = useRef<HTMLDivElement>(null);
  const focus = useDialogFocus(popup);

  function change(next: boolean) {
    setOwnOpen(next);
    props.onOpenChange?.(next);
  }

  return (
    <Base.Root
      open={open}
      disablePointerDismissal={persistent}
      onOpenChange={(next, details) => {
        if (persistent && details.reason === "escape-key") details.cancel();
        else change(next);
      }}
      onOpenChangeComplete={(next) => !next && props.onClosed?.()}
    >
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup ref={popup} className={clsx(styles.popup, styles[shape])} {...focus}>
          <LaterFocus popup={popup} />
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            {!persistent && (
              <Base.Close
                render={<IconButton label="Close" size="small" icon={<X aria-hidden="true" />} />}
              />
            )}
          </header>
          {description && <Base.Description className={styles.description}>{description}</Base.Description>}
          <div className={styles.body}>
            <CloseDialogContext value={() => change(false)}>{children}</CloseDialogContext>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
