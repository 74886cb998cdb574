import type { TestDatabase } from "../../../tests/support/database.ts";

/** Calls one of the gateway's functions as the gateway's own role. */
export async function asGateway<T>(db: TestDatabase, name: string, ...args: unknown[]): Promise<T> {
  const places = args.map((arg, index) =>
    typeof arg === "string" ? `$${index + 1}` : `$${index + 1}::text::jsonb`,
  );
  const values = args.map((arg) => (typeof arg === "string" ? arg : JSON.stringify(arg)));
  const rows = await db.asRole("nemo_gateway", null, (tx) =>
    tx.unsafe(`select nemo_private.${name}(${places.join(", ")}) as answer`, values),
  );
  return rows[0]?.answer as T;
}
