import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { StackError } from "../stack-error.ts";

const fromHere = createRequire(import.meta.url);
const HOST = fileURLToPath(new URL("./function-host.ts", import.meta.url));

/** The Deno that npm installed; `NEMO_DENO` names another one, for example to try an older version. */
export function denoProgram(): string {
  const chosen = process.env.NEMO_DENO;
  if (chosen) return chosen;
  const program = join(
    dirname(fromHere.resolve("deno/package.json")),
    process.platform === "win32" ? "deno.exe" : "deno",
  );
  if (existsSync(program)) return program;
  throw new StackError(
    `Deno is not installed: ${program} is missing. Its package fetches the program in an install script; ` +
      "run `npm ci` again without --ignore-scripts.",
  );
}

/**
 * Command line for one function. The rights are those of hosted functions: network, environment and reading,
 * writing only to the temporary directory, no other programs.
 *
 * Packages come from node_modules, where `npm ci` put the same versions that deno.json names: nothing is
 * downloaded, and a start without a network works.
 */
export function denoArguments(config: string | undefined, entryUrl: string, announcement: string): string[] {
  return [
    "run",
    "--quiet",
    "--no-prompt",
    "--no-lock",
    "--no-check",
    // Megabytes of young objects before they are collected. V8 takes 16 to itself: under load that makes a function 40 MB larger, and hardly faster.
    "--v8-flags=--max-semi-space-size=8",
    ...(config ? [`--config=${config}`, "--node-modules-dir=manual"] : ["--no-config"]),
    "--allow-net",
    "--allow-env",
    "--allow-read",
    "--allow-sys",
    `--allow-write=${tmpdir()}`,
    HOST,
    entryUrl,
    announcement,
  ];
}

/** Each Deno has a cache of its own: another version throws away what it finds there, and the next start is slow again. */
function cacheOf(program: string): string {
  const digest = createHash("sha256").update(program).digest("hex").slice(0, 8);
  return join(fromHere.resolve("deno/package.json"), "../../.cache", `nemo-deno-${digest}`);
}

/** From our own environment a function gets only what it needs to run at all and to reach the network. */
const INHERITED = [
  "PATH",
  "SystemRoot",
  "TEMP",
  "TMP",
  "TMPDIR",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "SSL_CERT_FILE",
  "DENO_CERT",
  "DENO_TLS_CA_STORE",
];

export function denoEnvironment(
  own: Readonly<Record<string, string>>,
  program = denoProgram(),
): Record<string, string> {
  const inherited = INHERITED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    DENO_DIR: cacheOf(program),
    DENO_NO_UPDATE_CHECK: "1",
    NO_COLOR: "1",
    ...own,
  };
}
