/**
 * A text as a literal of SQL, in the form that means the same under every setting of the server (`E'…'` with
 * quotes and backslashes doubled, as libpq escapes).
 *
 * For look-ups only: a statement with bound parameters that was not prepared before takes two round trips, one
 * without parameters takes one, and a transaction pooler allows no preparing. What may be content of somebody's
 * prompt stays a bound parameter, because the server shows statements in its activity and its log.
 */
export function literal(text: string): string {
  if (text.includes("\u0000")) throw new Error("A text for Postgres cannot hold U+0000.");
  return `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
