import { Suspense } from "react";
import { Dialog } from "../../../components/dialog.tsx";
import { later } from "../../../components/later.ts";
import { Skeleton } from "../../../components/states.tsx";

const Form = later(async () => (await import("./new-template-form.tsx")).NewTemplateForm);

type NewTemplateDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function NewTemplateDialog({ open, onOpenChange }: NewTemplateDialogProps) {
  return (
    <Dialog title="New template" open={open} onOpenChange={onOpenChange}>
      <Suspense fallback={<Skeleton lines={2} />}>
        <Form />
      </Suspense>
    </Dialog>
  );
}
