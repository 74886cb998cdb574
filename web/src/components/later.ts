import { type ComponentType, lazy } from "react";
import { whenIdle } from "../lib/when-idle.ts";

/**
 * What is shown after a press, such as a dialog's form: its code comes when the page is idle, or with the press if
 * that is sooner. Stand it in a `Suspense` that shows a skeleton.
 */
export function later<P>(load: () => Promise<ComponentType<P>>) {
  whenIdle(() => void load().catch(() => {}));
  return lazy(async () => ({ default: await load() }));
}
