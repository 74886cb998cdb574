/**
 * npm run test:sdks [-- language …]: runs every program in examples/ as written against a stack of its own.
 *
 * A language whose tools are not on the machine, or whose packages cannot be fetched, is left out, and the reason is
 * said. Tools are looked for in the path and where their own installers put them. One that runs and is not answered fails the command. What is downloaded goes to a folder of the system's
 * temporary directory, which is kept for the next time.
 */
import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "@supabase/supabase-js";
import { startEphemeralStack } from "../local/stack/start-ephemeral.ts";

interface Example {
  readonly language: string;
  /** Programs that have to be there. */
  readonly tools: readonly string[];
  /** Fetches packages and builds; the language is left out when it fails. */
  readonly prepare: readonly (readonly string[])[];
  readonly run: readonly string[];
}

const VENV = process.platform === "win32" ? "venv\\Scripts\\python" : "venv/bin/python";
const EXAMPLES: readonly Example[] = [
  { language: "curl", tools: ["sh", "curl"], prepare: [], run: ["sh", "main.sh"] },
  {
    language: "python",
    tools: ["python3"],
    prepare: [
      ["python3", "-m", "venv", "venv"],
      [VENV, "-m", "pip", "install", "-q", "-r", "requirements.txt"],
    ],
    run: [VENV, "main.py"],
  },
  {
    language: "node",
    tools: ["node", "npm"],
    prepare: [["npm", "install", "--no-audit", "--no-fund", "--silent"]],
    run: ["node", "main.mjs"],
  },
  { language: "go", tools: ["go"], prepare: [["go", "build", "-o", "example", "."]], run: ["./example"] },
  {
    language: "java",
    tools: ["java", "mvn"],
    prepare: [["mvn", "-q", "-B", "compile"]],
    run: ["mvn", "-q", "-B", "exec:java"],
  },
  { language: "rust", tools: ["cargo"], prepare: [["cargo", "build", "-q"]], run: ["cargo", "run", "-q"] },
  {
    language: "ruby",
    tools: ["ruby", "bundle"],
    prepare: [["bundle", "install", "--quiet"]],
    run: ["bundle", "exec", "ruby", "main.rb"],
  },
  {
    language: "php",
    tools: ["php", "composer"],
    prepare: [["composer", "install", "--no-interaction", "--no-progress"]],
    run: ["php", "main.php"],
  },
  {
    language: "csharp",
    tools: ["dotnet"],
    prepare: [["dotnet", "build", "-v", "q"]],
    run: ["dotnet", "run", "--no-build"],
  },
];

const PATIENCE_MS = 15 * 60_000;
const examples = fileURLToPath(new URL("../examples/", import.meta.url));
const downloads = join(tmpdir(), `nemo-sdks-${process.getuid?.() ?? "user"}`);

/** Where the installers of Rust, .NET, Go, Ruby and Python put tools for one person, the path saying so or not. */
const OWN_PLACES = [
  ...[".cargo/bin", ".dotnet", "go/bin", ".rbenv/shims", ".pyenv/shims", ".local/bin"].map((place) =>
    join(homedir(), place),
  ),
  ...["/usr/local/go/bin", "/usr/local/bin", "/opt/homebrew/bin"],
];
const tools: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: [process.env.PATH, ...OWN_PLACES].filter(Boolean).join(delimiter),
};

function isInstalled(tool: string): boolean {
  const look = process.platform === "win32" ? "where" : "which";
  return spawnSync(look, [tool], { stdio: "ignore", env: tools }).status === 0;
}

/** The line that says most of why: package managers print their usage, or advice, behind it. */
function reasonIn(trouble: string): string {
  const lines = trouble.split("\n").map((line) => line.trim());
  const telling = lines.find((line) => /could not|cannot|failed|unable|error|not found|no such/i.test(line));
  return (telling ?? lines.findLast((line) => line !== "") ?? "").slice(0, 200);
}

const execute = promisify(execFile);

/** What it printed, and what went wrong; not waited for by blocking, because the stack runs in this process too. */
async function attempt([program, ...args]: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  try {
    const { stdout } = await execute(program as string, args, { cwd, env, timeout: PATIENCE_MS });
    return { output: stdout, trouble: null };
  } catch (error) {
    const { stdout = "", stderr, message } = error as Error & { stdout?: string; stderr?: string };
    return { output: stdout, trouble: (stderr || message).trim() };
  }
}

type Outcome = "answered" | "left out" | "FAILED";

async function tryExample(
  { language, tools: needed, prepare, run }: Example,
  facts: Record<string, string>,
): Promise<[Outcome, string]> {
  const missing = needed.filter((tool) => !isInstalled(tool));
  if (missing.length > 0) return ["left out", `not on this machine: ${missing.join(", ")}`];
  const folder = join(downloads, language);
  mkdirSync(folder, { recursive: true });
  cpSync(join(examples, language), folder, { recursive: true });
  const env = { ...tools, ...facts };
  for (const step of prepare) {
    const { trouble } = await attempt(step, folder, env);
    if (trouble !== null) return ["left out", `\`${step.join(" ")}\` failed: ${reasonIn(trouble)}`];
  }
  const { output, trouble } = await attempt(run, folder, env);
  const isAnswered =
    trouble === null && output.includes("You are a support agent.") && output.includes("Where is my order?");
  return isAnswered ? ["answered", ""] : ["FAILED", `${output}\n${trouble ?? ""}`.trim().slice(0, 2_000)];
}

/** A template `support-agent` and a key, made as a person makes them. */
async function setUp(
  stack: Awaited<ReturnType<typeof startEphemeralStack>>,
): Promise<Record<string, string>> {
  const client = createClient(stack.url, stack.publishableKey, {
    db: { schema: "nemo" },
    auth: { persistSession: false },
  });
  const { data } = await client.auth.signUp({ email: "sdks@tests.nemo.test", password: "only for this run" });
  const call = async (name: string, args: object) => {
    const { data: answer, error } = await client.rpc(name, args).single<Record<string, string>>();
    if (error) throw new Error(`${name}: ${error.message}`);
    return answer;
  };
  const organization = await client.from("organizations").select("id").single<{ id: string }>();
  const organization_id = organization.data?.id;
  const template = await call("create_template", { organization_id, name: "support-agent" });
  const messages = [{ role: "system", content: "You are {{ role }}." }];
  await call("save_version", { template_id: template.id, messages, config: { model: "fake-gpt" } });
  const activated = await fetch(`${stack.url}/functions/v1/prompts/activate`, {
    method: "POST",
    headers: { authorization: `Bearer ${data.session?.access_token}`, apikey: stack.publishableKey },
    body: JSON.stringify({ template_id: template.id, version: 1 }),
  });
  if (!activated.ok) throw new Error(`activate: ${await activated.text()}`);
  const { key = "" } = await call("create_api_key", { organization_id, name: "examples" });
  return { NEMO_GATEWAY_URL: stack.gatewayUrl, NEMO_API_KEY: key };
}

const asked = process.argv.slice(2);
const stack = await startEphemeralStack({ seed: false, dashboard: false });
let failed = false;
try {
  const facts = await setUp(stack);
  for (const example of EXAMPLES.filter(({ language }) => asked.length === 0 || asked.includes(language))) {
    const [outcome, reason] = await tryExample(example, facts);
    failed ||= outcome === "FAILED";
    console.log(`${example.language.padEnd(8)} ${outcome}${reason && `: ${reason}`}`);
  }
} finally {
  await stack.stop();
}
process.exit(failed ? 1 : 0);
