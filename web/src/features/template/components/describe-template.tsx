import { lazy, Suspense } from "react";
import { Dialog } from "../../../components/dialog.tsx";
import { Skeleton } from "../../../components/states.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";

const DescribeForm = lazy(async () => ({ default: (await import("./describe-form.tsx")).DescribeForm }));

type DescribeTemplateProps = { template: Template; open: boolean; onOpenChange: (open: boolean) => void };

export function DescribeTemplate({ template, open, onOpenChange }: DescribeTemplateProps) {
  return (
    <Dialog title={`About ${template.name}`} open={open} onOpenChange={onOpenChange}>
      <Suspense fallback={<Skeleton lines={2} />}>
        <DescribeForm template={template} onDone={() => onOpenChange(false)} />
      </Suspense>
    </Dialog>
  );
}
