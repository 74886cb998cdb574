import { Button } from "../../components/button.tsx";
import { Panel } from "../../components/page.tsx";
import { Empty, Failed, NotAllowed, Skeleton } from "../../components/states.tsx";
import { AppError } from "../../lib/errors.ts";
import styles from "./gallery.module.css";

export function States() {
  return (
    <div className={styles.columns}>
      <Panel>
        <Empty
          title="No requests yet"
          action={<Button look="primary">Show me how to call it</Button>}
          example={'model: "nemo/support-agent"\nnemo_prompt_variables: { role: "support agent" }'}
        >
          Requests appear here the moment the gateway has answered them.
        </Empty>
      </Panel>
      <Panel>
        <Failed
          error={
            new AppError("unreachable", "The server did not answer.", { remedy: "Check your connection." })
          }
          retry={() => {}}
        />
      </Panel>
      <Panel>
        <NotAllowed what="The audit log" takes="admin" />
      </Panel>
      <Panel title="Loading">
        <Skeleton lines={3} />
      </Panel>
    </div>
  );
}
