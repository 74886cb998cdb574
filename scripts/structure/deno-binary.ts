import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where an installed `deno` package keeps its executable; `packageName` is `deno` or `deno-2.1`. */
export function denoBinary(root: string, packageName: string): string {
  const folder = join(root, "node_modules", packageName);
  const found = [join(folder, "deno"), join(folder, "deno.exe")].find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${packageName} is not installed. Run: npm ci`);
  return found;
}
