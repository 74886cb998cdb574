/**
 * `node local/postgres/dev.ts`: a throw-away Postgres with all migrations applied. Prints its connection URLs
 * and runs until its standard input ends (Ctrl-D) or it is asked to stop. Nothing of it remains.
 */
import { startThrowAwayDatabase } from "./throw-away-database.ts";

const database = await startThrowAwayDatabase();
console.log(`postgres        ${database.url()}`);
console.log(`supabase_admin  ${database.url("supabase_admin")}   (superuser)`);

const stop = async () => {
  await database.stop();
  process.exit(0);
};
process.stdin.resume().once("end", stop);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
