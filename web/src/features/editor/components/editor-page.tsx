import { useSearchParams } from "react-router";
import { QueryView } from "../../../components/query-view.tsx";
import { useVersions } from "../../../lib/queries/get-versions.ts";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { Editor } from "./editor.tsx";

/** Opens the newest version, or the one the address asks for. */
export function EditorPage() {
  const template = useOpenTemplate();
  const [search] = useSearchParams();
  const asked = Number(search.get("version"));
  return (
    <QueryView query={useVersions(template.id)}>
      {(versions) => {
        const opened = versions.find(({ version }) => version === asked) ?? versions[0];
        return <Editor key={`${template.id}@${asked || "latest"}`} template={template} opened={opened} />;
      }}
    </QueryView>
  );
}
