import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { StackError } from "../stack-error.ts";

const [compressBrotli, compressGzip] = [promisify(brotliCompress), promisify(gzip)];

/** What the build reads: if none of it changed since the last build, there is nothing to do. */
const INPUTS = ["web", "supabase/functions/_shared/core", "package-lock.json"];
const COMPRESSIBLE = /\.(html|js|css|svg|json|txt|webmanifest)$/;

/**
 * Builds `web/dist` if its inputs changed, and answers its path. The build goes to a directory of its own and
 * is moved into place when complete, so that two stacks may do this at once.
 */
export async function buildDashboard(projectRoot: string): Promise<string> {
  const dist = join(projectRoot, "web", "dist");
  const stamp = join(projectRoot, "node_modules", ".cache", "nemo-dashboard");
  const hash = await hashOf(projectRoot, INPUTS);
  const isBuilt = async () =>
    (await readFile(stamp, "utf8").catch(() => "")) === hash && existsSync(join(dist, "index.html"));
  if (await isBuilt()) return dist;
  const draft = join(
    projectRoot,
    "node_modules",
    ".cache",
    `nemo-dashboard-${randomBytes(6).toString("hex")}`,
  );
  try {
    await vite(projectRoot, draft);
    await compressAll(draft);
    // Another stack was quicker, and may be serving from there already.
    if (await isBuilt()) return dist;
    await rm(dist, { recursive: true, force: true });
    await rename(draft, dist).catch(() => {}); // Another stack moved the same build there just now.
    await mkdir(dirname(stamp), { recursive: true });
    await writeFile(stamp, hash);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return dist;
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function hashOf(projectRoot: string, inputs: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const input of inputs) {
    const path = join(projectRoot, input);
    const files = input.includes(".") ? [path] : await filesBelow(path);
    for (const file of files.sort()) {
      if (file.startsWith(join(projectRoot, "web", "dist")) || file.includes(".test.")) continue;
      hash.update(file.slice(projectRoot.length)).update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

function vite(projectRoot: string, outDir: string): Promise<void> {
  const fromHere = createRequire(import.meta.url);
  const program = join(dirname(fromHere.resolve("vite/package.json")), "bin", "vite.js");
  const config = join(projectRoot, "web", "vite.config.ts");
  const flags = ["build", "--config", config, "--outDir", outDir, "--emptyOutDir", "--logLevel", "warn"];
  return new Promise((resolve, reject) => {
    // A test runner sets NODE_ENV=test, with which React's development build would be served, slow and large.
    const env = { ...process.env, NODE_ENV: "production" };
    const child = spawn(process.execPath, [program, ...flags], { cwd: projectRoot, env, windowsHide: true });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += part));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new StackError(`The dashboard could not be built. Vite said:\n${said.trim()}`));
    });
  });
}

/** Beside each text file its compressed forms, made once instead of for every request. */
async function compressAll(directory: string): Promise<void> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };
  const files = (await filesBelow(directory)).filter((file) => COMPRESSIBLE.test(file));
  await Promise.all(
    files.map(async (file) => {
      const bytes = await readFile(file);
      await writeFile(`${file}.gz`, await compressGzip(bytes));
      await writeFile(`${file}.br`, await compressBrotli(bytes, quality));
    }),
  );
}
