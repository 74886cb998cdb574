import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { Button, ButtonLink, IconButton } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { Menu } from "../../../components/menu.tsx";
import { announce } from "../../../lib/announce.ts";
import { useCan, useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useCompleteAbTest, useDeleteAbTest, usePauseAbTest, useStartAbTest } from "../api/change-ab-test.ts";
import type { AbTest } from "../api/get-ab-tests.ts";
import { spacedSplit } from "../set-up.ts";
import { liveVariants, splitText } from "./ab-test-state.tsx";
import { ChangeWeights } from "./change-weights.tsx";
import { Promote } from "./promote.tsx";

/** The steps the test's state allows, for those who may take them. */
export function AbTestActions({ test }: { test: AbTest }) {
  const may = useCan();
  if (!may("tests.run")) return null;
  switch (test.state) {
    case "draft":
      return <DraftActions test={test} />;
    case "running":
    case "paused":
      return <StartedActions test={test} />;
    default:
      return test.promoted_variant ? null : <Promote test={test} />;
  }
}

function DraftActions({ test }: { test: AbTest }) {
  const { id } = useOrganization();
  const navigate = useNavigate();
  const remove = useDeleteAbTest();
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <Menu
        trigger={<IconButton label={`More about ${test.name}`} icon={<Ellipsis aria-hidden="true" />} />}
        entries={[
          {
            label: "Delete draft",
            danger: true,
            icon: <Trash2 aria-hidden="true" />,
            onSelect: () => setDeleting(true),
          },
        ]}
      />
      <Confirm
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete the draft ${test.name}?`}
        action="Delete draft"
        danger
        onConfirm={async () => {
          await remove.mutateAsync(test.id);
          announce(`${test.name} is deleted`);
          navigate(paths.tests(id), { replace: true });
        }}
      >
        It has not served anything. What it was stays in the audit log.
      </Confirm>
      <ButtonLink icon={<Pencil aria-hidden="true" />} to={paths.editTest(id, test.id)}>
        Edit
      </ButtonLink>
      <Start test={test} />
    </>
  );
}

function StartedActions({ test }: { test: AbTest }) {
  const pause = usePauseAbTest();
  const complete = useCompleteAbTest();
  return (
    <>
      <ChangeWeights test={test} />
      <Confirm
        trigger={<Button>Stop</Button>}
        title={`Stop ${test.name} for good?`}
        action="Stop the test"
        danger
        onConfirm={() => complete.mutateAsync(test.id)}
      >
        Requests that begin after this get the active version. A stopped test cannot go on; its results stay,
        and a variant can still be promoted.
      </Confirm>
      {test.state === "running" ? (
        <Confirm
          trigger={<Button>Pause</Button>}
          title={`Pause ${test.name}?`}
          action="Pause the test"
          onConfirm={() => pause.mutateAsync({ test_id: test.id })}
        >
          Requests that begin after this get the active version. The test can go on later, in the same phase.
        </Confirm>
      ) : (
        liveVariants(test) > 1 && <Start test={test} />
      )}
      <Promote test={test} />
    </>
  );
}

function Start({ test }: { test: AbTest }) {
  const start = useStartAbTest();
  const weights = spacedSplit(test.variants.map(({ weight }) => weight));
  const words = test.state === "paused" ? `Resume test: ${weights}` : `Start test: ${weights}`;
  return (
    <Confirm
      trigger={<Button look="primary">{words}</Button>}
      title={`${test.state === "paused" ? "Resume" : "Start"} ${test.name}?`}
      action={words}
      onConfirm={async () => {
        await start.mutateAsync(test);
        announce(`${test.name} is running`, { about: test.id });
      }}
    >
      Requests that begin after this are split: {splitText(test)}. Each version is linted on the server first.
    </Confirm>
  );
}
