import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap, unwrapFunction } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import type { Provider } from "../../../lib/queries/get-providers.ts";
import { keys } from "../../../lib/query-keys.ts";
import { supabase } from "../../../lib/supabase.ts";

/** What a form says of a connection; an empty key keeps the one that is stored. */
export type ProviderDraft = {
  name: string;
  base_url: string;
  api_key: string;
  models: string[];
  fallbacks: string[];
};

/** What `POST /test` of the function `providers` answers. */
export type TestResult = {
  ok: boolean;
  code: string | null;
  message: string;
  status: number | null;
  latency_ms: number;
  models: string[];
};

async function call<Answer>(route: "create" | "update" | "test", body: object): Promise<Answer> {
  return (await unwrapFunction(
    await supabase().functions.invoke(`providers/${route}`, { method: "POST", body }),
  )) as Answer;
}

function useChange<Input, Answer>(change: (input: Input, organizationId: string) => Promise<Answer>) {
  const queryClient = useQueryClient();
  const { id } = useOrganization();
  return useMutation({
    mutationFn: (input: Input) => change(input, id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.providers(id) }),
  });
}

/** Connects a provider, or (with the connection) changes it. The key goes to the function alone, which encrypts it. */
export function useSaveProvider(provider?: Provider) {
  return useChange(({ name, api_key, ...draft }: ProviderDraft, organization_id) => {
    const key = api_key === "" ? {} : { api_key };
    return provider
      ? call<Provider>("update", { connection_id: provider.id, ...draft, ...key })
      : call<Provider>("create", { organization_id, name, ...draft, ...key });
  });
}

export function useEnableProvider() {
  return useChange(({ id, enabled }: Pick<Provider, "id" | "enabled">) =>
    call<Provider>("update", { connection_id: id, enabled }),
  );
}

export function useRemoveProvider() {
  return useChange(async (connection_id: string) =>
    unwrap(await supabase().rpc("delete_provider_connection", { connection_id })),
  );
}

/** Asks the provider for its models, with the stored key. Changes nothing. */
export function useTestProvider() {
  return useMutation({ mutationFn: (connection_id: string) => call<TestResult>("test", { connection_id }) });
}
