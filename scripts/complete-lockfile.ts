/**
 * Adds to package-lock.json the platform packages that npm left out (see structure/lock-platforms.ts).
 * Run it after every `npm install`: node scripts/complete-lockfile.ts
 *
 * The added entries carry name, version, system and processor, and no integrity hash: npm takes the hash from
 * the registry when it installs them. npm fills in the hash by itself where it can look the package up.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Lock, missingPlatforms } from "./structure/lock-platforms.ts";

const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
const systems: Record<string, string> = {
  windows: "win32",
  win32: "win32",
  darwin: "darwin",
  linux: "linux",
  android: "android",
};

for (const { parent, name, version } of missingPlatforms(lock)) {
  const [system = "", processor = "", variant = ""] = name
    .replace(/^.*?(?=android|darwin|linux|win)/, "")
    .split("-");
  const place =
    parent === "node_modules/deno-2.1" ? `${parent}/node_modules/${name}` : `node_modules/${name}`;
  const entry = {
    version,
    cpu: [processor],
    dev: true,
    optional: true,
    os: [systems[system] ?? system],
    ...(variant === "musl" ? { libc: ["musl"] } : variant === "glibc" ? { libc: ["glibc"] } : {}),
  };
  lock.packages[place] = entry;
  process.stdout.write(`added ${place} ${version}\n`);
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
