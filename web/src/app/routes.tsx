import { lazy, Suspense } from "react";
import { Route, Routes } from "react-router";
import { Skeleton } from "../components/states.tsx";

const Gallery = lazy(async () => ({ default: (await import("../features/gallery/gallery.tsx")).Gallery }));

export function AppRoutes() {
  return (
    <Suspense fallback={<Skeleton />}>
      <Routes>
        <Route path="/gallery" element={<Gallery />} />
      </Routes>
    </Suspense>
  );
}
