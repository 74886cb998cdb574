import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Menu } from "../../../components/menu.tsx";
import { announceActive } from "../../../lib/announce.ts";
import { usePromoteVariant } from "../api/change-ab-test.ts";
import type { AbTest, Variant } from "../api/get-ab-tests.ts";
import { useAbTestReport } from "../api/get-report.ts";
import { standingOf } from "../standing.ts";

/** Makes a variant's version the active one, by the ordinary activation with its lint guard. */
export function Promote({ test }: { test: AbTest }) {
  const [variant, setVariant] = useState<Variant>();
  const promote = usePromoteVariant();
  const report = useAbTestReport(test);
  const hasWinner = report !== undefined && standingOf(test, report)?.headline.kind === "better";
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button look={hasWinner && test.state !== "paused" ? "primary" : "secondary"}>Promote</Button>
        }
        entries={test.variants.map((one) => ({
          label: `${one.letter}: make v${one.version} active`,
          onSelect: () => setVariant(one),
        }))}
      />
      <Confirm
        open={variant !== undefined}
        onOpenChange={(open) => !open && setVariant(undefined)}
        title={`Promote ${variant?.letter}?`}
        action={`Activate v${variant?.version}`}
        onConfirm={async () => {
          if (!variant) return;
          await promote.mutateAsync({ test, letter: variant.letter });
          announceActive({ templateId: test.template_id, version: variant.version });
        }}
      >
        Every request that begins after this gets v{variant?.version}
        {test.state === "completed" ? "." : ", and the test is completed."} It is linted on the server first.
      </Confirm>
    </>
  );
}
