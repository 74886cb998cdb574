import { expect, test } from "vitest";
import { remedyFor } from "./remedy.ts";

test("on a full disk nobody is told to move the data away", () => {
  const said = `FATAL:  could not write to file "pg_wal/xlogtemp.1": No space left on device`;
  expect(remedyFor(said, "Move it away.")).toBe(
    "The disk is full. Make room and start again; what was committed is kept.",
  );
  expect(remedyFor("FATAL:  could not read the control file", "Move it away.")).toBe("Move it away.");
});
