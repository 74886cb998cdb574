import type { Sql } from "postgres";
import { brokeConnection } from "./database-errors.ts";

/** Asks the database by whichever connections are good. */
export type Ask = <T>(query: (sql: Sql) => Promise<T>) => Promise<T>;

/** Seconds that what is under way on the other connections of a group gets to end well. */
const TO_END = 5;

/**
 * A group of connections that is replaced by a new one as soon as one of it breaks.
 *
 * postgres.js 3.4 opens a broken connection again by itself, and of one that broke while a query was about to be
 * written nothing can be written any more: its timer for the next write is cleared and not forgotten. Every query
 * that it is given later waits until its time is up, for as long as the process lives.
 */
export function unbroken(open: () => Sql): Ask {
  let current = open();
  return async (query) => {
    const sql = current;
    try {
      return await query(sql);
    } catch (error) {
      if (brokeConnection(error) && sql === current) {
        current = open();
        sql.end({ timeout: TO_END }).catch(() => {});
      }
      throw error;
    }
  };
}
