/**
 * npm run -s render [-- FILE …]
 *
 * Renders templates from the command line: one JSON object per line in, from standard input or from files, one per
 * line out, in the same order, each written as soon as it is done. Blank lines are passed over. Exit code 0: every
 * line was answered, be it with an error; 2: a file cannot be read, or the command was called wrongly.
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
import { createReadStream } from "node:fs";
import process from "node:process";
import { parseArgs } from "node:util";
import { LONGEST_LINE, readLines } from "./render/read-lines.ts";
import { type Answer, failure, renderLine } from "./render/render-line.ts";

const USAGE = `Usage: npm run -s render [-- FILE …]   (without a file: standard input)
Each line in: {"template": "Hello {{ name }}", "vars": {"name": "World"}, "options": {"trim_blocks": true}}
Each line out: {"output": "Hello World"}, or {"error": {"code", "message", "line", "column"}}`;

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

/** Answers each line of a stream. */
async function answerLines(stream: AsyncIterable<string>): Promise<void> {
  let first = true;
  for await (const line of readLines(stream)) {
    // Some systems put a byte-order mark before what they pipe.
    const text = first ? line?.replace(/^\ufeff/, "") : line;
    first = false;
    if (text === undefined) {
      await write(failure("invalid_request", `A line may have ${LONGEST_LINE / 1024 / 1024} MiB at most.`));
    } else if (text.trim() !== "") await write(renderLine(text));
  }
}

try {
  const { values, positionals } = parseArgs({
    options: { help: { type: "boolean", short: "h" } },
    allowPositionals: true,
  });
  if (values.help) console.log(USAGE);
  else {
    for (const file of positionals.length > 0 ? positionals : ["-"]) {
      const stream = file === "-" ? process.stdin.setEncoding("utf8") : createReadStream(file, "utf8");
      await answerLines(stream as AsyncIterable<string>);
    }
  }
} catch (error) {
  console.error(`${(error as Error).message}\n${USAGE}`);
  process.exitCode = 2;
}
