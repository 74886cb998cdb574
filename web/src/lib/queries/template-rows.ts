type Row = { id: string; updated_at: string };

/** The list with these of its rows as they are now, each at its place: the latest change first. What has no row is gone. */
export function withRows<T extends Row>(list: readonly T[], ids: readonly string[], rows: readonly T[]): T[] {
  const changed = new Set(ids);
  return [...list.filter(({ id }) => !changed.has(id)), ...rows].sort(latestFirst);
}

/** As the database orders them. Moments in UTC, as it writes them, are in the order of their texts. */
function latestFirst(a: Row, b: Row): number {
  if (a.updated_at !== b.updated_at) return a.updated_at < b.updated_at ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}
