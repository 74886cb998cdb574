import { useMutation } from "@tanstack/react-query";
import { unwrapFunction } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { supabase } from "../../../lib/supabase.ts";
import { type AuditFilter, auditArguments } from "./get-audit-entries.ts";

/** The same filter as on the page, as a file. */
export function useExportAudit() {
  const { id } = useOrganization();
  return useMutation({
    mutationFn: async ({ format, filter }: { format: "csv" | "json"; filter: AuditFilter }) => {
      const query = new URLSearchParams({ format });
      for (const [name, value] of Object.entries(auditArguments(id, filter)))
        if (value) query.set(name, value);
      const path = `prompts/audit-export?${query}`;
      const answer = await unwrapFunction(await supabase().functions.invoke(path, { method: "GET" }));
      const text =
        typeof answer === "string"
          ? answer
          : answer instanceof Blob
            ? await answer.text()
            : JSON.stringify(answer);
      save(`audit.${format}`, text);
    },
  });
}

function save(name: string, text: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
