import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { FUNCTION_SETTINGS } from "./deploy/function-settings.ts";
import { missingPlatforms, withoutHash } from "./structure/lock-platforms.ts";
import { type PackageJson, pinProblems } from "./structure/pinned-versions.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
});
const files = listed.split("\n").filter((path) => path !== "" && existsSync(join(root, path)));
const sources = files.filter(
  (path) => /\.(ts|tsx|sql|css|mjs|js)$/.test(path) && !path.endsWith("database.types.ts"),
);

describe("the shape of the project", () => {
  test("no source file is longer than 400 lines", () => {
    const long = sources.filter((path) => read(path).split("\n").length > 401);
    expect(long).toEqual([]);
  });

  test("source files are named in kebab-case", () => {
    const named =
      /^(\d{14}_[a-z0-9_]+\.sql|[a-z0-9]+([-.][a-z0-9]+)*\.(test\.|module\.|d\.|types\.)?(ts|tsx|sql|css|mjs|js))$/;
    expect(sources.filter((path) => !named.test(basename(path)))).toEqual([]);
  });

  test("dependencies point one way: from web and server to core, and nothing to web", () => {
    const core = "supabase/functions/_shared/core/";
    const wrong = sources.filter((path) => {
      if (/\.test\.tsx?$|\/testing\/|\/differential\//.test(path)) return false;
      const imports = [...read(path).matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map(
        (match) => match[1] ?? "",
      );
      if (path.startsWith(core)) return imports.some((from) => /^node:|\/server\/|\/web\//.test(from));
      if (path.startsWith("web/")) return imports.some((from) => from.includes("_shared/server"));
      return imports.some((from) => from.includes("web/src/"));
    });
    expect(wrong).toEqual([]);
  });

  test("no two migrations have the same version", () => {
    const versions = readdirSync(join(root, "supabase/migrations")).map((name) => name.split("_")[0]);
    expect(versions).toEqual([...new Set(versions)]);
  });

  test("deploying hands over every setting that a function reads", () => {
    const functions = sources.filter(
      (path) => path.startsWith("supabase/functions/") && !/\.test\.ts$|\/testing\//.test(path),
    );
    const settings = functions.flatMap(
      (path) => read(path).match(/(?<=")(?:NEMO_[A-Z_]+|OPENAI_API_KEY)(?=")/g) ?? [],
    );
    expect([...new Set(settings)].sort()).toEqual(FUNCTION_SETTINGS);
  });

  test("deploying asks and changes the linked project's database, which is not what the Supabase CLI does unasked", () => {
    const plan = execFileSync(process.execPath, [join(root, "scripts/deploy.ts"), "--dry-run"], {
      encoding: "utf8",
    });
    const onDatabase = plan.split("\n").filter((line) => line.startsWith("> supabase db "));
    expect(onDatabase.map((line) => /^> supabase db (\w+) --remote /.exec(line)?.[1])).toEqual([
      "query",
      "push",
    ]);
  });

  test("every function pins the library versions of package.json", () => {
    const project = JSON.parse(read("package.json")) as PackageJson;
    const functions = readdirSync(join(root, "supabase/functions")).filter((name) => !name.startsWith("_"));
    const problems = functions
      .filter((name) => existsSync(join(root, "supabase/functions", name, "deno.json")))
      .flatMap((name) =>
        pinProblems(name, JSON.parse(read(`supabase/functions/${name}/deno.json`)), project),
      );
    expect(problems).toEqual([]);
  });

  test("an import that is not pinned is noticed", () => {
    const project = { dependencies: { diff: "9.0.0" }, devDependencies: {} };
    const imports = {
      diff: "npm:diff@8.0.0",
      "nunjucks/": "npm:/nunjucks@^3/",
      other: "https://example.test/x.ts",
    };
    expect(pinProblems("gateway", { imports }, project)).toHaveLength(3);
    expect(pinProblems("gateway", { imports: { diff: "npm:diff@9.0.0" } }, project)).toEqual([]);
  });

  test("the lockfile carries the executables of every platform", () => {
    expect(missingPlatforms(JSON.parse(read("package-lock.json")))).toEqual([]);
  });

  test("every package has a hash it is checked by, but for executables of two tools for other platforms", () => {
    const lock = JSON.parse(read("package-lock.json"));
    const unchecked = withoutHash(lock);
    expect(unchecked.filter(({ excused }) => !excused)).toEqual([]);
    // Adding the hash of one of them lowers this; nothing raises it.
    expect(unchecked.length).toBeLessThanOrEqual(12);
    const production = { packages: { "node_modules/some": { version: "1.0.0", optional: true } } };
    expect(withoutHash(production)).toEqual([{ place: "node_modules/some", excused: false }]);
  });

  test("the lockfile names no registry host", () => {
    expect(read("package-lock.json")).not.toMatch(/"resolved": "https?:/);
  });

  test("versions of direct dependencies are exact", () => {
    const project = JSON.parse(read("package.json")) as PackageJson;
    const loose = Object.entries({ ...project.dependencies, ...project.devDependencies }).filter(
      ([, version]) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  test("functions import by npm: names only, which resolve everywhere", () => {
    const functions = sources.filter(
      (path) => path.startsWith("supabase/functions/") && path.endsWith(".ts"),
    );
    expect(functions.filter((path) => /from "(jsr:|https?:)/.test(read(path)))).toEqual([]);
  });
});
