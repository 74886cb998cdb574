import { type ComponentProps, lazy, Suspense } from "react";
import { Skeleton } from "./states.tsx";
import type { TemplateSnippets } from "./template-snippets.tsx";

const Loaded = lazy(async () => ({ default: (await import("./template-snippets.tsx")).TemplateSnippets }));

/** The snippets of a template, with the engine that works out its variables, when they are first shown. */
export function LaterSnippets(props: ComponentProps<typeof TemplateSnippets>) {
  return (
    <Suspense fallback={<Skeleton shape="block" lines={1} />}>
      <Loaded {...props} />
    </Suspense>
  );
}
