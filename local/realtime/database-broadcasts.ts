import postgres from "postgres";

/** A row of `realtime.messages`, as the database committed it. */
export interface DatabaseBroadcast {
  readonly id: string;
  readonly topic: string;
  readonly event: string;
  readonly payload: unknown;
  readonly private: boolean;
}

/** How long messages are kept, as on hosted Supabase. */
const KEPT = "3 days";
const CLEAN_UP_EVERY_MS = 60 * 60 * 1000;

/**
 * Hears every broadcast that a transaction leaves in `realtime.messages`, in the order of commits, from
 * Postgres' replication stream. Nothing is heard of a transaction that is rolled back.
 */
export async function hearDatabaseBroadcasts(
  url: string,
  hear: (message: DatabaseBroadcast) => void,
): Promise<{ close(): Promise<void> }> {
  const sql = postgres(url, {
    max: 1,
    publications: "supabase_realtime_messages_publication",
    onnotice: () => {},
  });
  const subscription = await sql.subscribe("insert:realtime.messages", (row) => {
    if (row?.extension === "broadcast" && row.event) hear(row as unknown as DatabaseBroadcast);
  });
  const cleanUp = () =>
    void sql`delete from realtime.messages where inserted_at < now() - ${KEPT}::interval`.catch(() => {});
  cleanUp();
  const timer = setInterval(cleanUp, CLEAN_UP_EVERY_MS);
  timer.unref();
  return {
    close: async () => {
      clearInterval(timer);
      subscription.unsubscribe();
      await sql.end({ timeout: 1 }); // The replication stream with it.
    },
  };
}
