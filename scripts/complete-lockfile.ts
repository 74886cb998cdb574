/**
 * Adds to package-lock.json the platform packages that npm left out (see structure/lock-platforms.ts), and the
 * integrity hash of every entry that has none.
 * Run it after every `npm install`: node scripts/complete-lockfile.ts
 *
 * A package the registry does not serve here stays without a hash: npm then takes the hash from the registry when
 * it installs the package.
 */
import { execFileSync } from "node:child_process";
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

/** The hash npm checks the downloaded package against, or nothing where the registry has no such package. */
function integrityOf(name: string, version: string): string | undefined {
  try {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const asked = ["view", `${name}@${version}`, "dist.integrity", "--json"];
    const answer = execFileSync(npm, asked, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return answer.trim() === "" ? undefined : (JSON.parse(answer) as string);
  } catch {
    return undefined;
  }
}

for (const [place, entry] of Object.entries(lock.packages)) {
  if (place === "" || entry.link || entry.integrity || !entry.version) continue;
  const name = entry.name ?? place.replace(/^.*node_modules\//, "");
  const integrity = integrityOf(name, entry.version);
  process.stdout.write(
    `${integrity ? "hash of" : "no hash in the registry for"} ${place} ${entry.version}\n`,
  );
  if (!integrity) continue;
  const { version, ...rest } = entry;
  lock.packages[place] = { version, integrity, ...rest };
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
