/**
 * Renders templates from the command line: one JSON object per line in, one per line out, in the same
 * order, each written as soon as it is done. Blank lines are passed over.
 *
 *   in:  {"template": "Hello {{ name }}", "vars": {"name": "World"}, "options": {"trim_blocks": true}}
 *   out: {"output": "Hello World"}
 *        {"error": {"code": "undefined_error", "message": "…", "line": 1, "column": 4}}
 *
 * Options: `trim_blocks`, `lstrip_blocks`, `keep_trailing_newline`, and `extensions` (a list of
 * `jinja2.ext.do` and `jinja2.ext.loopcontrols`). Without options a template means what it means in
 * Jinja2's default environment. Errors outside any template are `invalid_json` and `invalid_request`; their
 * line and column are null.
 */
import process from "node:process";
import { LONGEST_LINE, readLines } from "./render/read-lines.ts";
import { type Answer, failure, renderLine } from "./render/render-line.ts";

/** Writes an answer, and waits while whoever reads them is behind. */
async function write(answer: Answer): Promise<void> {
  const flowing = process.stdout.write(`${JSON.stringify(answer)}\n`);
  if (!flowing) await new Promise((resolve) => process.stdout.once("drain", resolve));
}

// Who wanted the answers has gone: there is nothing left to do, and nothing wrong.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

process.stdin.setEncoding("utf8");
let first = true;
for await (const line of readLines(process.stdin as AsyncIterable<string>)) {
  // Some systems put a byte-order mark before what they pipe.
  const text = first ? line?.replace(/^\ufeff/, "") : line;
  first = false;
  if (text === undefined) {
    await write(failure("invalid_request", `A line may have ${LONGEST_LINE / 1024 / 1024} MiB at most.`));
  } else if (text.trim() !== "") await write(renderLine(text));
}
