import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compileWhole } from "./compile-whole.ts";
import { preloadFonts } from "./preload-fonts.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The dashboard is a static site: `web/dist` can be put on any host. The browser reaches the pure modules
 * of the edge functions through `@core`, so a template means the same thing here and in the gateway.
 */
export default defineConfig({
  root: here("."),
  plugins: [react(), preloadFonts(), compileWhole()],
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
  worker: {
    format: "es",
    // What a worker needs at once comes in one file; the parts of the template engine that it fetches are their own.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "analysis", tags: ["$initial"] }] } } },
  },
  build: {
    outDir: here("dist"),
    emptyOutDir: true,
    // The oldest browsers the dashboard is for; syntax and styles that are newer are written out for them.
    target: ["safari17", "firefox128", "chrome123"],
    // Sizes are printed by scripts/bundle-size.ts, which knows the limit; compressing twice would only slow the build.
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        // What every visit needs comes in a few files, and what several pages share in one: a browser asks one host
        // for six files at a time, each request costs the page's thread, and small files compress worse.
        codeSplitting: {
          groups: [
            {
              name: "base",
              test: /rolldown[\\/]runtime|node_modules[\\/](react|react-dom|react-router|scheduler|clsx|@tanstack[\\/](react-query|query-core))[\\/]/,
              tags: ["$initial"],
              priority: 3,
            },
            {
              name: "head",
              test: /web[\\/]src[\\/](head|app[\\/]page-code|lib[\\/](head-start|config|first-columns))\.ts$|vite[\\/]preload-helper/,
              priority: 4,
            },
            { name: "supabase", test: /node_modules[\\/]@supabase[\\/]/, tags: ["$initial"], priority: 3 },
            { name: "shell", tags: ["$initial"], priority: 2 },
            // Menus, dialogs and forms need different parts of one library: each part goes with those that need it.
            {
              name: "overlays",
              test: /node_modules[\\/](@base-ui|@floating-ui|tabbable)[\\/]/,
              minShareCount: 2,
              entriesAware: true,
              entriesAwareMergeThreshold: 6_000,
              includeDependenciesRecursively: false,
            },
            {
              name: "virtual-rows",
              test: /@tanstack[\\/](react-virtual|virtual-core)|components[\\/]virtual-rows/,
            },
            // What nearly every part of the template engine stands on, but for the numbers that every page may read.
            {
              name: "engine",
              test: /core[\\/]template[\\/](?!parse-json|write-json|values[\\/](?:float|value)\.)/,
              minShareCount: 6,
              includeDependenciesRecursively: false,
            },
            {
              name: "parts",
              test: /web[\\/]src[\\/](components[\\/](query-view|select|picker|search-input|status|time|figures|template-state|error-note|form|copy|confirm|page-tabs|who-can)\.|lib[\\/](when-done|template-outlet|use-making|queries[\\/](?!lint-version|get-usage)))|useMutation|mutationObserver|lucide-react/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
});
