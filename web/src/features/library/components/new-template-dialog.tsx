import { lazy, Suspense } from "react";
import { Dialog } from "../../../components/dialog.tsx";

const Form = lazy(async () => ({ default: (await import("./new-template-form.tsx")).NewTemplateForm }));

type NewTemplateDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

export function NewTemplateDialog({ open, onOpenChange }: NewTemplateDialogProps) {
  return (
    <Dialog title="New template" open={open} onOpenChange={onOpenChange}>
      <Suspense fallback={null}>
        <Form />
      </Suspense>
    </Dialog>
  );
}
