import { lazy, type ReactElement, Suspense } from "react";
import { Dialog } from "../../../components/dialog.tsx";

const Form = lazy(async () => ({ default: (await import("./new-template-form.tsx")).NewTemplateForm }));

export function NewTemplate({ trigger }: { trigger: ReactElement }) {
  return (
    <Dialog title="New template" trigger={trigger}>
      <Suspense fallback={null}>
        <Form />
      </Suspense>
    </Dialog>
  );
}
