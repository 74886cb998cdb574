import { useEffect, useState } from "react";
import { Skeleton } from "../components/states.tsx";
import type { Code } from "./page-code.ts";

/**
 * A page whose code may still be on its way: until it is here, a skeleton. Not by `lazy`, with which the page before
 * would stay until then, and take what is typed and pressed although nobody wants it any more.
 */
export function RoutedPage({ code }: { code: Code }) {
  const [Page, setPage] = useState(() => code.ready());
  const [failure, setFailure] = useState<{ reason: unknown }>();
  useEffect(() => {
    if (Page) return;
    let left = false;
    code.load().then(
      (loaded) => left || setPage(() => loaded),
      (reason) => left || setFailure({ reason }),
    );
    return () => {
      left = true;
    };
  }, [Page, code]);
  if (failure) throw failure.reason;
  return Page ? <Page /> : <Skeleton lines={5} />;
}
