/** The parts of package.json and of a function's deno.json that name versions. */
export type PackageJson = { dependencies: Record<string, string>; devDependencies: Record<string, string> };
export type DenoJson = { imports?: Record<string, string> };

/**
 * Sentences about every import of a deno.json that is not pinned to exactly the version package.json has.
 * An empty list means that Node, the browser and Deno run the same library versions.
 */
export function pinProblems(name: string, deno: DenoJson, project: PackageJson): string[] {
  const versions = { ...project.devDependencies, ...project.dependencies };
  const problems: string[] = [];
  for (const [specifier, target] of Object.entries(deno.imports ?? {})) {
    if (target.startsWith("./") || target.startsWith("../") || target.startsWith("node:")) continue;
    const parsed = /^npm:\/?((?:@[^/]+\/)?[^@/]+)@([^/]+)/.exec(target);
    if (parsed === null) {
      problems.push(`${name}: "${specifier}" is "${target}", not an exact npm: version`);
      continue;
    }
    const [, library, version] = parsed;
    const expected = versions[library as string];
    if (expected !== version) {
      problems.push(`${name}: "${specifier}" is ${version}, package.json has ${expected ?? "none"}`);
    }
  }
  return problems;
}
