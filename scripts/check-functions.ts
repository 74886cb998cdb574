/**
 * Type-checks every edge function with the Deno of today and with 2.1, which hosted Supabase runs.
 * Usage: node scripts/check-functions.ts
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { denoBinary } from "./structure/deno-binary.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const functions = join(root, "supabase", "functions");
const names = readdirSync(functions).filter((name) => existsSync(join(functions, name, "index.ts")));

let failed = 0;
for (const packageName of ["deno", "deno-2.1"]) {
  for (const name of names) {
    const check = spawnSync(
      denoBinary(root, packageName),
      [
        "check",
        "--quiet",
        "--no-lock",
        "--config",
        join(functions, name, "deno.json"),
        join(functions, name, "index.ts"),
      ],
      {
        cwd: root,
        encoding: "utf8", // Deno 2.1 fetches the types of node: modules; the system's certificates let it through a company's proxy.
        env: {
          DENO_TLS_CA_STORE: "mozilla,system",
          ...process.env,
          NO_COLOR: "1",
          DENO_NO_UPDATE_CHECK: "1",
        },
      },
    );
    if (check.status !== 0) {
      failed += 1;
      process.stderr.write(`${packageName} check of functions/${name} failed:\n${check.stderr}\n`);
    }
  }
}
if (failed > 0) process.exit(1);
process.stdout.write(`deno check: ${names.length} functions, two versions of Deno, no error\n`);
