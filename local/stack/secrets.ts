import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateApiKey } from "@supabase/lite";
import { StackError } from "../stack-error.ts";

/** What a Supabase project keeps secret, made once for each data directory. */
export interface Secrets {
  readonly databasePassword: string;
  readonly jwtSecret: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** 32 bytes in base64: encrypts the provider keys that organizations store. */
  readonly encryptionKey: string;
}

const NAMES = ["databasePassword", "jwtSecret", "publishableKey", "secretKey", "encryptionKey"] as const;

async function generateSecrets(): Promise<Secrets> {
  return {
    databasePassword: randomBytes(18).toString("base64url"),
    jwtSecret: randomBytes(32).toString("base64url"),
    publishableKey: (await generateApiKey("publishable")).key,
    secretKey: (await generateApiKey("secret")).key,
    encryptionKey: randomBytes(32).toString("base64"),
  };
}

/** The secrets of a data directory; made at its first start. They are never replaced by themselves: without them
 * the data cannot be read. */
export async function loadSecrets(directory: string): Promise<Secrets> {
  const file = join(directory, "secrets.json");
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) {
    if (existsSync(join(directory, "postgres"))) {
      throw new StackError(
        `${file} is missing, and the data beside it cannot be opened without it. Nothing was changed. ` +
          `Put the file back, or move ${directory} away to start anew.`,
      );
    }
    const secrets = await generateSecrets();
    await writeFile(`${file}.draft`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.draft`, file);
    return secrets;
  }
  try {
    const secrets = JSON.parse(text) as Secrets;
    if (NAMES.every((name) => typeof secrets[name] === "string")) return secrets;
  } catch {
    // Told below.
  }
  throw new StackError(
    `${file} is damaged, and the data beside it cannot be opened without it. Nothing was changed. ` +
      `Put the file back, or move ${directory} away to start anew.`,
  );
}
