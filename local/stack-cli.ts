/**
 * `npm run -s stack -- --ephemeral --json [--upstream URL] [--no-seed]`: a throw-away stack for programs.
 *
 * Prints one JSON line `{url, publishableKey, secretKey, dbUrl, gatewayUrl, webUrl, pid}` on standard output
 * when it is ready, runs until its standard input ends or SIGTERM comes, and leaves nothing behind. Whatever
 * else there is to say goes to standard error.
 */
import { parseArgs } from "node:util";
import { untilAskedToStop } from "./processes/until-asked-to-stop.ts";
import { startEphemeralStack } from "./stack/start-ephemeral.ts";
import { StackError } from "./stack-error.ts";

const USAGE = "npm run -s stack -- --ephemeral --json [--upstream URL] [--no-seed]";

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        ephemeral: { type: "boolean" },
        json: { type: "boolean" },
        upstream: { type: "string" },
        "no-seed": { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) return values;
    if (values.upstream !== undefined && !URL.canParse(values.upstream)) {
      throw new Error(`--upstream ${values.upstream} is not a URL.`);
    }
    if (!values.ephemeral)
      throw new Error("This command only knows --ephemeral; for data that stays use npm start.");
    return values;
  } catch (error) {
    throw new StackError(`${(error as Error).message}\nUsage: ${USAGE}`);
  }
}

async function main(): Promise<void> {
  const { upstream, json, "no-seed": noSeed, help } = readOptions();
  if (help) {
    console.log(`Usage: ${USAGE}`);
    return;
  }
  const asked = untilAskedToStop({ standardInput: true });
  const apiKey = process.env.NEMO_UPSTREAM_API_KEY;
  const stack = await startEphemeralStack({
    seed: !noSeed,
    ...(upstream && { upstream: { url: upstream, isFake: false, ...(apiKey && { apiKey }) } }),
  });
  const { url, publishableKey, secretKey, dbUrl, gatewayUrl, webUrl } = stack;
  const facts = { url, publishableKey, secretKey, dbUrl, gatewayUrl, webUrl, pid: process.pid };
  console.log(json ? JSON.stringify(facts) : JSON.stringify(facts, null, 2));
  try {
    await Promise.race([asked, stack.died]);
  } finally {
    await stack.stop();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof StackError ? error.message : error);
  process.exit(1);
}
