import { createContext, type ReactElement, type ReactNode, useContext } from "react";
import { Button } from "./button.tsx";
import { Deferred, overlaySource } from "./deferred.tsx";
import styles from "./dialog.module.css";

export type DialogProps = {
  title: ReactNode;
  description?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** It has faded out: what it showed can go without being seen to. */
  onClosed?: () => void;
  trigger?: ReactElement;
  /** `sheet` comes from the right edge and takes the height: for things looked at beside the page. */
  shape?: "dialog" | "wide" | "sheet" | "rail";
  /** Stays open on Escape and outside presses, without a cross: for things shown once. */
  persistent?: boolean;
  children: ReactNode;
};

const source = overlaySource<DialogProps>(
  "dialog",
  async () => (await import("./dialog-popup.tsx")).DialogPopup,
);

export function Dialog(props: DialogProps) {
  return <Deferred source={source} props={props} />;
}

/** The last row of a dialog; the button that does the thing stands last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}

export const CloseDialogContext = createContext<() => void>(() => {});

/** Closes the dialog the caller stands in. */
export function useCloseDialog(): () => void {
  return useContext(CloseDialogContext);
}

export function CancelButton({ children = "Cancel" }: { children?: ReactNode }) {
  return (
    <Button look="quiet" onClick={useCloseDialog()}>
      {children}
    </Button>
  );
}
