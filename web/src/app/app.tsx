import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { BrowserRouter } from "react-router";
import { createQueryClient } from "../lib/query-client.ts";
import { SessionProvider } from "../lib/session.tsx";
import { whenIdle } from "../lib/when-idle.ts";
import { AppRoutes } from "./routes.tsx";

const queryClient = createQueryClient();

const ToastLayer = lazy(async () => ({
  default: (await import("../components/toast-layer.tsx")).ToastLayer,
}));
const TooltipLayer = lazy(async () => ({
  default: (await import("../components/tooltip-layer.tsx")).TooltipLayer,
}));

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <SessionProvider>
        <BrowserRouter>
          <AppRoutes />
        </BrowserRouter>
        <FloatingLayers />
      </SessionProvider>
    </QueryClientProvider>
  );
}

/** Toasts and tooltips come after the page. Whatever happens to them, the pages stay. */
function FloatingLayers() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => whenIdle(() => setWanted(true)), []);
  if (!wanted) return null;
  return (
    <ErrorBoundary fallback={null}>
      <Suspense fallback={null}>
        <ToastLayer />
        <TooltipLayer />
      </Suspense>
    </ErrorBoundary>
  );
}
