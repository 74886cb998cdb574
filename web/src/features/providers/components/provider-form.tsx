import { checkUpstreamUrl, URL_REFUSALS } from "@core/providers/upstream-url.ts";
import { type FormEvent, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { CancelButton, DialogActions, useCloseDialog } from "../../../components/dialog.tsx";
import { ErrorNote } from "../../../components/error-note.tsx";
import { Field, TextInput } from "../../../components/field.tsx";
import form from "../../../components/form.module.css";
import { announce } from "../../../lib/announce.ts";
import { toAppError } from "../../../lib/errors.ts";
import type { Provider } from "../../../lib/queries/get-providers.ts";
import { whenDone } from "../../../lib/when-done.ts";
import { useSaveProvider } from "../api/change-providers.ts";

/** Connects a provider, or changes one that is given. */
export function ProviderForm({ provider }: { provider?: Provider }) {
  const [draft, setDraft] = useState({
    name: provider?.name ?? "",
    base_url: provider?.base_url ?? "",
    api_key: "",
    models: provider?.models.join(", ") ?? "",
    fallbacks: provider?.fallbacks.join(", ") ?? "",
  });
  const save = useSaveProvider(provider);
  const close = useCloseDialog();
  const input = (name: keyof typeof draft) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => setDraft({ ...draft, [name]: event.target.value }),
  });
  const { refusal } = checkUpstreamUrl(draft.base_url.trim());
  // Private addresses may be allowed by the operator, so only what is wrong everywhere is said here.
  const misspelt = draft.base_url !== "" && (refusal === "has_credentials" || refusal === "has_query");

  function submit(event: FormEvent) {
    event.preventDefault();
    const given = { ...draft, models: listOf(draft.models), fallbacks: listOf(draft.fallbacks) };
    whenDone(save.mutateAsync(given), {
      onSuccess: ({ name }) => {
        announce(provider ? `Changed ${name}` : `Connected ${name}`, {
          description: "Test it to see whether it answers.",
        });
        close();
      },
    });
  }

  return (
    <form className={form.form} onSubmit={submit} autoComplete="off">
      {!provider && (
        <Field label="Name" hint={`Prompts ask for “${draft.name || "acme"}/model-name”. It stays as it is.`}>
          <TextInput
            required
            mono
            maxLength={64}
            pattern="[a-z0-9]([a-z0-9._\-]*[a-z0-9])?"
            {...input("name")}
          />
        </Field>
      )}
      <Field
        label="Base URL"
        hint="Any OpenAI-compatible API, up to and with /v1."
        error={misspelt && URL_REFUSALS[refusal as keyof typeof URL_REFUSALS]}
      >
        <TextInput required mono type="url" placeholder="https://api.example.com/v1" {...input("base_url")} />
      </Field>
      <Field label="Key" hint={keyHint(provider)}>
        <TextInput mono type="password" autoComplete="off" maxLength={4000} {...input("api_key")} />
      </Field>
      <Field label="Its models" hint="Optional. Requests for these go here by themselves: gpt-4o, llama-*">
        <TextInput mono {...input("models")} />
      </Field>
      <Field label="When it fails" hint="Optional. What is tried next, in order: platform, other/model-name">
        <TextInput mono {...input("fallbacks")} />
      </Field>
      {save.error && <ErrorNote error={toAppError(save.error)} />}
      <DialogActions>
        <CancelButton />
        <Button type="submit" look="primary" busy={save.isPending}>
          {provider ? `Change ${provider.name}` : "Connect it"}
        </Button>
      </DialogActions>
    </form>
  );
}

function keyHint(provider?: Provider): string {
  if (!provider) return "Encrypted before it is stored. Nobody can read it again, here or anywhere.";
  return provider.key_hint === null
    ? "None is stored."
    : `Stored: …${provider.key_hint}. Leave it empty to keep it; another server needs it again.`;
}

const listOf = (text: string): string[] => text.split(/[\s,]+/).filter((one) => one !== "");
