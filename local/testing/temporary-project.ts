import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface TemporaryProject {
  readonly root: string;
  /** Writes `supabase/functions/<name>/index.ts`. */
  writeFunction(name: string, source: string): Promise<void>;
  remove(): Promise<void>;
}

/** A directory that looks like a Supabase project. */
export async function temporaryProject(): Promise<TemporaryProject> {
  const root = await mkdtemp(join(tmpdir(), "nemo-project-"));
  await mkdir(join(root, "supabase", "functions"), { recursive: true });
  return {
    root,
    writeFunction: async (name, source) => {
      const file = join(root, "supabase", "functions", name, "index.ts");
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, source);
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
