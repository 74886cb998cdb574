import { useState } from "react";
import { Field } from "../../../components/field.tsx";
import { Select } from "../../../components/select.tsx";
import type { Template } from "../../../lib/queries/get-templates.ts";
import { useVersions } from "../../../lib/queries/get-versions.ts";

/** No version at all on this side. */
export const NONE = "none";

type VersionSelectProps = {
  label: string;
  template: Template;
  value: string;
  onChange: (value: string) => void;
  /** Offered before the versions. */
  first?: { value: string; label: string };
};

export function VersionSelect({ label, template, value, onChange, first }: VersionSelectProps) {
  const { data: versions = [] } = useVersions(template.id);
  const options = versions.map(({ version, note }) => ({
    value: String(version),
    label: version === template.active_version ? `v${version} · active` : `v${version}`,
    hint: note || undefined,
  }));
  return (
    <Field label={label}>
      <Select
        label={label}
        value={value}
        onChange={onChange}
        options={first ? [first, ...options] : options}
      />
    </Field>
  );
}

/** The newest version to begin with: it is the one nobody has met yet. */
export function useVersionChoice(template: Template) {
  return useState(String(template.latest_version));
}
