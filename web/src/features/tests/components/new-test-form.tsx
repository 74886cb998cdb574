import { METRICS, PRIMARY_METRICS, type PrimaryMetric } from "@core/ab/metrics.ts";
import { type FormEvent, useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../../components/button.tsx";
import { CancelButton, DialogActions } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { Picker } from "../../../components/picker.tsx";
import { Select } from "../../../components/select.tsx";
import { toAppError } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useTemplates } from "../../../lib/queries/get-templates.ts";
import { useCreateTest } from "../api/change-test.ts";

/** Two variants, which is what a comparison mostly needs; more can be drafted through the API. */
export function NewTestForm({ templateId: fixed }: { templateId?: string }) {
  const { id } = useOrganization();
  const navigate = useNavigate();
  const { data: templates = [] } = useTemplates();
  const candidates = templates.filter(({ latest_version }) => latest_version > 1);
  const [chosen, setTemplateId] = useState<string | null>(fixed ?? null);
  const template = templates.find((one) => one.id === chosen);
  const [name, setName] = useState("");
  const [versions, setVersions] = useState<[string?, string?]>([]);
  const [share, setShare] = useState("50");
  const [metric, setMetric] = useState<PrimaryMetric>("quality");
  const [assignBy, setAssignBy] = useState<"request" | "subject">("request");
  const create = useCreateTest();

  const latest = template?.latest_version ?? 0;
  const control = versions[0] ?? String(template?.active_version ?? Math.max(1, latest - 1));
  const challenger = versions[1] ?? String(latest);
  const options = Array.from({ length: latest }, (_, index) => ({
    value: String(latest - index),
    label: `v${latest - index}`,
  }));
  const controlShare = Math.round(Number(share) * 100);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!template) return;
    create.mutate(
      {
        template_id: template.id,
        name: name.trim(),
        variants: [
          { version: Number(control), weight: controlShare },
          { version: Number(challenger), weight: 10_000 - controlShare },
        ],
        assign_by: assignBy,
        primary_metric: metric,
      },
      { onSuccess: (test) => navigate(paths.test(id, test.id)) },
    );
  }

  return (
    <form className={form.form} onSubmit={submit}>
      {fixed === undefined && (
        <Field label="Template" hint="One with at least two versions.">
          <Picker
            label="Template"
            value={chosen}
            onChange={setTemplateId}
            options={candidates.map((one) => ({ value: one.id, label: one.name }))}
          />
        </Field>
      )}
      <Field label="Name" hint="The question it answers.">
        <TextInput required maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      {latest > 1 && (
        <>
          <div className={form.pair}>
            <Field label="A, the control">
              <Select
                label="Version of A"
                value={control}
                onChange={(v) => setVersions([v, versions[1]])}
                options={options}
              />
            </Field>
            <Field label="B">
              <Select
                label="Version of B"
                value={challenger}
                onChange={(v) => setVersions([versions[0], v])}
                options={options}
              />
            </Field>
          </div>
          <div className={form.pair}>
            <Field label="Share of A, %" hint={`B gets ${Math.round(10_000 - controlShare) / 100} %.`}>
              <TextInput
                type="number"
                min={1}
                max={99}
                step="any"
                required
                value={share}
                onChange={(event) => setShare(event.target.value)}
              />
            </Field>
            <Field label="Judged by">
              <Select
                label="Judged by"
                value={metric}
                onChange={setMetric}
                options={PRIMARY_METRICS.map((value) => ({ value, label: METRICS[value].label }))}
              />
            </Field>
          </div>
          <Field
            label="Same variant for"
            hint={
              assignBy === "subject"
                ? "The same nemo_prompt_subject always gets the same variant."
                : undefined
            }
          >
            <Select
              label="Same variant for"
              value={assignBy}
              onChange={setAssignBy}
              options={[
                { value: "request", label: "the same request id" },
                { value: "subject", label: "the same user or session" },
              ]}
            />
          </Field>
        </>
      )}
      {template && latest < 2 && (
        <p className="muted">This template has one version only. Save a second one first.</p>
      )}
      {create.error && <ErrorNote error={toAppError(create.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={create.isPending} disabled={latest < 2}>
          Draft test: {Number(share)} / {Math.round(10_000 - controlShare) / 100}
        </Button>
      </DialogActions>
    </form>
  );
}
