import { formatWeights } from "@core/ab/parse-weights.ts";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { unwrap } from "../errors.ts";
import { plural } from "../format.ts";
import { useOrganization } from "../organization.tsx";
import { keys } from "../query-keys.ts";
import { supabase } from "../supabase.ts";

type Row = {
  id: string;
  template_id: string;
  phase: number;
  variants: { phase: number; letter: string; version: number; weight: number }[];
};

/** What splits a template's traffic at the moment. */
export type RunningAbTest = {
  id: string;
  /** The versions tried against the control: "v2", or "v2, v4"; of many their number. */
  challengers: string;
  /** As people write it: "60/40"; of many "of 10". */
  split: string;
};

async function getRunningAbTests(organizationId: string): Promise<Map<string, RunningAbTest>> {
  const rows = unwrap(
    await supabase()
      .from("ab_tests")
      .select("id, template_id, phase, variants:ab_variants(phase, letter, version, weight)")
      .eq("organization_id", organizationId)
      .eq("state", "running"),
  ) as unknown as Row[];
  return new Map(
    rows.map(({ id, template_id, phase, variants }) => {
      const served = variants
        .filter((variant) => variant.phase === phase && variant.weight > 0)
        .sort((a, b) => a.letter.localeCompare(b.letter));
      return [
        template_id,
        {
          id,
          ...summary(served),
        },
      ];
    }),
  );
}

/** Ten versions and their shares would be longer than the name of the template. */
const MOST_NAMED = 4;

function summary(served: Row["variants"]): Pick<RunningAbTest, "challengers" | "split"> {
  const others = served.slice(1).map(({ version }) => `v${version}`);
  if (served.length > MOST_NAMED)
    return { challengers: plural(others.length, "version"), split: `of ${served.length}` };
  return { challengers: others.join(", "), split: formatWeights(served.map(({ weight }) => weight)) };
}

function runningAbTestsOptions(organizationId: string) {
  return queryOptions({
    queryKey: keys.runningTests(organizationId),
    queryFn: () => getRunningAbTests(organizationId),
  });
}

/** The running test of each template that has one, by the template's id. */
export function useRunningAbTests() {
  return useQuery(runningAbTestsOptions(useOrganization().id));
}
