import { parseJson } from "@core/template/parse-json.ts";

type AsText = { variables: string | null };
type AsValues<Row> = Omit<Row, "variables"> & { variables: Record<string, unknown> | null };

/** What to select so that `withExactVariables` can tell 1.0 from 1: a row as JSON would be parsed before it is seen. */
export const VARIABLES = "variables::text";

/** A row that was read with its variables as text, with them as values, as the gateway would read them. */
export function withExactVariables<Row extends AsText>(row: Row): AsValues<Row> {
  if (row.variables === null) return { ...row, variables: null };
  const read = parseJson(row.variables);
  const variables = read instanceof Map ? Object.fromEntries(read) : (read as Record<string, unknown>);
  return { ...row, variables };
}
