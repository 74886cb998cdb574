import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The dashboard is a static site: `web/dist` can be put on any host. The browser reaches the pure modules
 * of the edge functions through `@core`, so a template means the same thing here and in the gateway.
 */
export default defineConfig({
  root: here("."),
  plugins: [react()],
  resolve: {
    alias: [
      { find: "@core", replacement: here("../supabase/functions/_shared/core") },
      // supabase-js carries a storage client; nothing here stores files, and it is 7 kB of every first visit.
      { find: "@supabase/storage-js", replacement: here("src/lib/no-storage.ts") },
      // And a realtime client, which is needed after the first paint; it is fetched then (lib/realtime.ts).
      { find: /^@supabase\/realtime-js$/, replacement: here("src/lib/later-realtime.ts") },
      { find: "events", replacement: here("src/lib/no-events.cjs") },
    ],
  },
  worker: { format: "es" },
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    target: "es2022",
    // Sizes are printed by scripts/bundle-size.ts, which knows the limit; compressing twice would only slow the build.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        // What every page needs comes in a few files: fifty small ones cost more requests, and compress worse.
        codeSplitting: {
          groups: [
            {
              name: "base",
              test: /node_modules[\\/](react|react-dom|react-router|scheduler|clsx|@tanstack[\\/](react-query|query-core))[\\/]/,
            },
          ],
        },
      },
    },
  },
});
