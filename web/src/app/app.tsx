import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { BrowserRouter } from "react-router";
import { createQueryClient } from "../lib/query-client.ts";
import { SessionProvider } from "../lib/session.tsx";
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
        {/* Whatever happens to what floats above the pages, the pages stay. */}
        <ErrorBoundary fallback={null}>
          <Suspense fallback={null}>
            <ToastLayer />
            <TooltipLayer />
          </Suspense>
        </ErrorBoundary>
      </SessionProvider>
    </QueryClientProvider>
  );
}
