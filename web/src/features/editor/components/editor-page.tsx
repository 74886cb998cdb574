import { useSearchParams } from "react-router";
import { QueryView } from "../../../components/query-view.tsx";
import { Failed, Skeleton } from "../../../components/states.tsx";
import { useVersions } from "../../../lib/queries/get-versions.ts";
import { useOpenTemplate } from "../../../lib/template-outlet.ts";
import { useReplayOf } from "../get-replay.ts";
import { Editor } from "./editor.tsx";

/** Opens the newest version, or `?version=`, or what `?request=` got, ready to be tried again. */
export function EditorPage() {
  const template = useOpenTemplate();
  const [search] = useSearchParams();
  const requestId = search.get("request");
  const replay = useReplayOf(template.id, requestId);
  const versions = useVersions(template.id);
  if (requestId !== null && replay.isPending) return <Skeleton />;
  if (requestId !== null && replay.isError)
    return <Failed error={replay.error} retry={() => void replay.refetch()} />;
  const asked = replay.data?.version ?? (Number(search.get("version")) || undefined);
  return (
    <QueryView query={versions}>
      {(all) => (
        <Editor
          key={`${template.id}@${asked ?? "latest"}`}
          template={template}
          versions={all}
          asked={asked}
          replay={requestId === null ? undefined : replay.data}
        />
      )}
    </QueryView>
  );
}
