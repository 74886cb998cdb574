/**
 * `npm start`: everything on one port, with data that stays in `.nemo/`, until Ctrl-C or SIGTERM.
 *
 * `PORT` chooses another port than 4321, `NEMO_DATA_DIRECTORY` another folder. `NEMO_UPSTREAM_URL` and `NEMO_UPSTREAM_API_KEY`, or `OPENAI_API_KEY`
 * alone, choose a real provider.
 */
import { join, relative, resolve } from "node:path";
import { untilAskedToStop } from "./processes/until-asked-to-stop.ts";
import { banner } from "./stack/banner.ts";
import { type Demo, ensureDemo } from "./stack/demo.ts";
import { upstreamFromEnvironment } from "./stack/environment.ts";
import { lockFolder } from "./stack/folder-lock.ts";
import { PROJECT_ROOT, type Stack, startStack } from "./stack/start-stack.ts";
import { StackError } from "./stack-error.ts";

const DEFAULT_PORT = 4321;

function wantedPort(): number {
  const text = process.env.PORT;
  if (!text) return DEFAULT_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new StackError(`PORT=${text} is not a port. Give a number between 1 and 65535.`);
}

/** Without the demo everything still works; what went wrong is told. */
async function demoOf(stack: Stack, dataDirectory: string): Promise<Demo | undefined> {
  try {
    return await ensureDemo(stack, dataDirectory);
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

async function main(): Promise<void> {
  const started = Date.now();
  const port = wantedPort();
  const dataDirectory = resolve(process.env.NEMO_DATA_DIRECTORY || join(PROJECT_ROOT, ".nemo"));
  const lock = await lockFolder(dataDirectory);
  console.log("Starting Nemo… The first start builds everything and can take a minute.");
  const asked = untilAskedToStop({ standardInput: false });
  try {
    const upstream = upstreamFromEnvironment(process.env);
    const stack = await startStack({
      dataDirectory,
      durable: true,
      port,
      ...(upstream && { upstream }),
      dashboard: true,
      watch: true,
      notice: (sentence) => console.error(sentence),
    });
    await lock.announce(stack.url);
    const demo = await demoOf(stack, dataDirectory);
    const data = relative(process.cwd(), dataDirectory) || dataDirectory;
    console.log(banner({ stack, demo, upstream, data, seconds: (Date.now() - started) / 1000 }));
    if (port && !stack.url.endsWith(`:${port}`)) console.log(`Port ${port} is taken; this is another one.\n`);
    try {
      await Promise.race([asked, stack.died]);
    } finally {
      console.log("Stopping…");
      await stack.stop();
    }
  } finally {
    await lock.release();
  }
}

try {
  await main();
  process.exit(0);
} catch (error) {
  console.error(error instanceof StackError ? error.message : error);
  process.exit(1);
}
