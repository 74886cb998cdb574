import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../.nemo/bench-peers", import.meta.url));

/**
 * Portkey's open gateway and the Node it is measured on, installed beside the project (they are large, and
 * nothing but this benchmark needs them). A newer @hono/node-server makes it answer 500 to every stream.
 */
const PACKAGES = {
  private: true,
  dependencies: { "@portkey-ai/gateway": "1.15.2", node: "20.20.2" },
  overrides: { "@hono/node-server": "1.14.1" },
};

export interface Portkey {
  readonly node20: string;
  readonly script: string;
  readonly folder: string;
}

/** Installs it the first time. */
export function installPortkey(): Portkey {
  const script = join(folder, "node_modules/@portkey-ai/gateway/build/start-server.js");
  const node20 = join(folder, "node_modules/node/bin/node");
  if (!existsSync(script) || !existsSync(node20)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify(PACKAGES));
    execFileSync("npm", ["install", "--no-audit", "--no-fund", "--no-progress"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
  }
  return { node20, script, folder };
}
