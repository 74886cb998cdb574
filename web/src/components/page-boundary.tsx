import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, Suspense, useState } from "react";
import { ErrorBoundary, type FallbackProps } from "react-error-boundary";
import { useLocation } from "react-router";
import { describeCrash, isMissingCode } from "../lib/crash.ts";
import { Failed, Skeleton } from "./states.tsx";

/**
 * Where a page may still be loading or may break without taking its surroundings along. Going to another page is a
 * fresh start, and so is "Try again". `lines` is how much of a skeleton stands in for a page that loads.
 */
export function PageBoundary({ lines, children }: { lines?: number; children: ReactNode }) {
  const { pathname } = useLocation();
  return (
    <ErrorBoundary FallbackComponent={BrokenPage} resetKeys={[pathname]}>
      <Suspense fallback={<Skeleton lines={lines} />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

function BrokenPage({ error, resetErrorBoundary }: FallbackProps) {
  const queryClient = useQueryClient();
  const [busy, setBusy] = useState(false);

  /** What broke the page may be an answer it got, so all of them are asked for anew before it is shown again. */
  async function tryAgain() {
    setBusy(true);
    queryClient.removeQueries({ type: "inactive" });
    await queryClient.refetchQueries({ type: "active" });
    resetErrorBoundary();
  }

  // React keeps the failure of a lazy import for good, and an old page asks for files that are gone: only loading
  // the whole dashboard again gets past either.
  if (isMissingCode(error)) {
    return (
      <Failed error={describeCrash(error)} retry={() => location.reload()} again="Load the new version" />
    );
  }
  return <Failed error={describeCrash(error)} retry={() => void tryAgain()} busy={busy} />;
}
