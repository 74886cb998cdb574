/**
 * How values travel between @supabase/lite and Postgres where its own choice differs from PostgREST's.
 * Each entry replaces the library's for that type of Postgres (`to` and `from` are type ids).
 */
const readable = (text: string): string => text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");

/**
 * Objects and lists come as JSON text already if they are arguments of a function, and as values if they are
 * columns. So text that is a JSON object or list is taken for one; the price is that a plain text of that form
 * cannot be stored in a column of type jsonb here.
 */
function asJson(value: unknown): string {
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      JSON.parse(value);
      return value;
    } catch {
      // A text that only begins like one.
    }
  }
  return JSON.stringify(value);
}

export const VALUE_TYPES = {
  json: { to: 114, from: [114], serialize: asJson, parse: (text: string) => JSON.parse(text) as unknown },
  jsonb: { to: 3802, from: [3802], serialize: asJson, parse: (text: string) => JSON.parse(text) as unknown },
  // PostgREST writes moments as ISO 8601, which is what JavaScript's Date reads.
  timestamp: { to: 1114, from: [1114], serialize: String, parse: readable },
  timestamptz: { to: 1184, from: [1184], serialize: String, parse: readable },
};
