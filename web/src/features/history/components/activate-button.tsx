import { Button } from "../../../components/button.tsx";
import { Confirm } from "../../../components/confirm.tsx";
import { VersionDiff } from "../../../components/diff/version-diff.tsx";
import { announceActive } from "../../../lib/announce.ts";
import { useCan } from "../../../lib/organization.tsx";
import { useActivateVersion } from "../../../lib/queries/activate-version.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import type { Version } from "../../../lib/queries/get-versions.ts";
import { useAbout } from "../../../lib/use-about.ts";

type ActivateButtonProps = { template: Template; versions: Version[]; target: Version };

/** Activating an older version is a roll-back; either way what will change for requests is shown first. */
export function ActivateButton({ template, versions, target }: ActivateButtonProps) {
  const may = useCan();
  const activate = useActivateVersion();
  const asked = useAbout<{ target: Version; active: Version | undefined; action: string }>();
  const active = versions.find(({ version }) => version === template.active_version);
  const back = active !== undefined && target.version < active.version;
  const action = back ? `Roll back to v${target.version}` : `Activate v${target.version}`;

  function ask() {
    activate.reset();
    asked.ask({ target, active, action });
  }

  return (
    <>
      {may("versions.activate") && active?.version !== target.version && (
        <Button size="small" look="primary" onClick={ask}>
          {action}
        </Button>
      )}
      {asked.about && (
        <Confirm
          wide
          title={`${asked.about.action}?`}
          action={asked.about.action}
          onConfirm={async () => {
            const of = { templateId: template.id, version: asked.about!.target.version };
            await activate.mutateAsync(of);
            announceActive(of);
          }}
          {...asked.shown}
        >
          <WhatChanges
            target={asked.about.target}
            active={activate.isPending || activate.isSuccess ? asked.about.active : active}
          />
        </Confirm>
      )}
    </>
  );
}

/** Against what is active now: somebody else may activate another version while this is read. */
function WhatChanges({ target, active }: { target: Version; active: Version | undefined }) {
  if (active?.version === target.version)
    return <p className="muted">Somebody else has activated v{target.version} meanwhile.</p>;
  return (
    <>
      <p className="muted">
        Every request that begins after this gets v{target.version}
        {active && ` and no longer v${active.version}`}.
      </p>
      {active && <VersionDiff before={active} after={target} />}
    </>
  );
}
