import { type ReactElement, type ReactNode, Suspense } from "react";
import { Dialog } from "./dialog.tsx";
import { later } from "./later.ts";
import { Skeleton } from "./states.tsx";

export type ConfirmProps = {
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  title: ReactNode;
  /** What will be different afterwards. */
  children: ReactNode;
  /** What the button says and does. */
  action: string;
  onConfirm: () => Promise<unknown>;
  danger?: boolean;
  /** Something a person must write first, for what cannot be undone. */
  typed?: string;
  wide?: boolean;
};

const ConfirmBody = later(async () => (await import("./confirm-body.tsx")).ConfirmBody);

/** Asks once, says what will change, stays open with the reason when it is refused. */
export function Confirm(props: ConfirmProps) {
  const { trigger, open, onOpenChange, title, wide } = props;
  return (
    <Dialog
      trigger={trigger}
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      shape={wide ? "wide" : "dialog"}
    >
      <Suspense fallback={<Skeleton lines={2} />}>
        <ConfirmBody {...props} />
      </Suspense>
    </Dialog>
  );
}
