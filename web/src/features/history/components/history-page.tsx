import { useState } from "react";
import { useSearchParams } from "react-router";
import { ButtonLink } from "../../../components/button.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { Empty } from "../../../components/states.tsx";
import { useCan } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { useVersions, type Version } from "../../../lib/queries/get-versions.ts";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { Comparison } from "./comparison.tsx";
import styles from "./history.module.css";
import { VersionList } from "./version-list.tsx";

export function HistoryPage() {
  const template = useOpenTemplate();
  const may = useCan();
  const write = may("templates.write") && (
    <ButtonLink to={paths.editor(template.organization_id, template.id)}>Write the first version</ButtonLink>
  );
  const empty = (
    <Empty title="No versions yet" action={write}>
      Each save in the editor makes a version that never changes again. Here they stand in a row, to compare
      and to go back to.
    </Empty>
  );
  return (
    <QueryView query={useVersions(template.id)} empty={empty}>
      {(versions) => <History template={template} versions={versions} />}
    </QueryView>
  );
}

function History({ template, versions }: { template: Template; versions: Version[] }) {
  const newest = versions[0]!;
  // In the address, so that a link can lead to one version.
  const [address, setAddress] = useSearchParams();
  const right = Number(address.get("version") ?? newest.version);
  // Without a choice, a version is compared with the one it came from.
  const [chosenLeft, setLeft] = useState<number>();
  const after = versions.find(({ version }) => version === right) ?? newest;
  const left = chosenLeft ?? after.parent_version;
  const before = versions.find(({ version }) => version === left);
  return (
    <div className={styles.columns}>
      <VersionList
        template={template}
        versions={versions}
        selected={after.version}
        onSelect={(version) => {
          setAddress(version === newest.version ? {} : { version: String(version) }, { replace: true });
          setLeft(undefined);
        }}
      />
      <Comparison template={template} versions={versions} before={before} after={after} onLeft={setLeft} />
    </div>
  );
}
