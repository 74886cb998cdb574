/** Runs every case in whichever runtime executes this file, and fails when one comes out differently. */
import { failures } from "./run-cases.ts";

const found = failures();
for (const failure of found) console.error(failure);
if (found.length > 0) throw new Error(`${found.length} cases came out differently`);
console.log("all cases as expected");
