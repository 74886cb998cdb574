import { useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Menu } from "../../../components/menu.tsx";
import { announce } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import { useCompleteTest, usePauseTest, usePromoteVariant, useStartTest } from "../api/change-test.ts";
import type { AbTest } from "../api/get-tests.ts";
import { splitText } from "./test-state.tsx";

export function TestActions({ test }: { test: AbTest }) {
  const may = useCan();
  const start = useStartTest();
  const pause = usePauseTest();
  const complete = useCompleteTest();
  if (!may("tests.run") || (test.state === "completed" && test.promoted_variant)) return null;
  const weights = test.variants.map(({ weight }) => weight / 100).join(" / ");
  const idle = test.state === "draft" || test.state === "paused";
  const begun = test.state === "running" || test.state === "paused";
  return (
    <>
      {idle && (
        <Confirm
          trigger={<Button look="primary">{`Start test: ${weights}`}</Button>}
          title={`Start ${test.name}?`}
          action={`Start test: ${weights}`}
          onConfirm={async () => {
            await start.mutateAsync(test);
            announce(`${test.name} is running`);
          }}
        >
          Requests that begin after this are split: {splitText(test)}. Each version is linted on the server
          first.
        </Confirm>
      )}
      {test.state === "running" && (
        <Confirm
          trigger={<Button>Pause</Button>}
          title={`Pause ${test.name}?`}
          action="Pause the test"
          onConfirm={() => pause.mutateAsync(test.id)}
        >
          Requests that begin after this get the active version. The test can go on later.
        </Confirm>
      )}
      {begun && (
        <Confirm
          trigger={<Button>Stop</Button>}
          title={`Stop ${test.name} for good?`}
          action="Stop the test"
          danger
          onConfirm={() => complete.mutateAsync(test.id)}
        >
          Requests that begin after this get the active version. A stopped test cannot go on.
        </Confirm>
      )}
      {test.state !== "draft" && <Promote test={test} />}
    </>
  );
}

function Promote({ test }: { test: AbTest }) {
  const [variant, setVariant] = useState<AbTest["variants"][number]>();
  const promote = usePromoteVariant();
  return (
    <>
      <Menu
        trigger={<Button look={test.state === "completed" ? "primary" : "secondary"}>Promote</Button>}
        entries={test.variants.map((one) => ({
          label: `${one.letter}: make v${one.version} active`,
          onSelect: () => setVariant(one),
        }))}
      />
      <Confirm
        open={variant !== undefined}
        onOpenChange={() => setVariant(undefined)}
        title={`Promote ${variant?.letter}?`}
        action={`Activate v${variant?.version}`}
        onConfirm={async () => {
          if (!variant) return;
          await promote.mutateAsync({ test_id: test.id, variant: variant.letter });
          announce(`v${variant.version} is active`);
        }}
      >
        Every request that begins after this gets v{variant?.version}, and the test is completed.
      </Confirm>
    </>
  );
}
