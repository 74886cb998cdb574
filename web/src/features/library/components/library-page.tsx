import { Plus } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Button } from "../../../components/button.tsx";
import { Page } from "../../../components/page.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { SearchInput } from "../../../components/search-input.tsx";
import { Select } from "../../../components/select.tsx";
import { Empty } from "../../../components/states.tsx";
import { VirtualRows } from "../../../components/virtual-rows.tsx";
import { useCan } from "../../../lib/organization.tsx";
import { type Template, useTemplates } from "../../../lib/queries/get-templates.ts";
import { arrange, type LibraryFilter, type LibraryOrder } from "../arrange.ts";
import styles from "./library.module.css";
import { LibraryRow } from "./library-row.tsx";
import { LibraryTotals } from "./library-totals.tsx";
import { NewTemplate } from "./new-template.tsx";

export function LibraryPage() {
  const may = useCan();
  const query = useTemplates();
  const create = may("templates.write") && (
    <NewTemplate
      trigger={
        <Button look="primary" icon={<Plus aria-hidden="true" />}>
          New template
        </Button>
      }
    />
  );
  const empty = (
    <Empty
      title="No templates yet"
      action={create}
      example={'You are a {{ role }}.\nAnswer in {{ lang | default("English") }}.'}
    >
      A template is a prompt with a name. Your code calls it by that name; what it says is decided here.
    </Empty>
  );
  return (
    <Page title="Library" actions={query.data?.length ? create : undefined}>
      <QueryView query={query} empty={empty}>
        {(templates) => <Templates templates={templates} />}
      </QueryView>
    </Page>
  );
}

function Templates({ templates }: { templates: Template[] }) {
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<LibraryFilter>("all");
  const [order, setOrder] = useState<LibraryOrder>("changed");
  const shown = arrange(templates, { search: useDeferredValue(search), filter, order });
  return (
    <>
      <LibraryTotals />
      <div className={styles.tools}>
        <SearchInput label="Find by name, tag or description" value={search} onChange={setSearch} />
        <Select
          label="Show"
          value={filter}
          onChange={setFilter}
          options={[
            { value: "all", label: "All templates" },
            { value: "active", label: "Active" },
            { value: "draft", label: "Not active" },
          ]}
        />
        <Select
          label="Order"
          value={order}
          onChange={setOrder}
          options={[
            { value: "changed", label: "Last changed first" },
            { value: "name", label: "By name" },
            { value: "versions", label: "Most versions first" },
          ]}
        />
      </div>
      {shown.length === 0 ? (
        <Empty
          title="Nothing matches"
          action={<Button onClick={() => setSearch("")}>Clear the search</Button>}
        >
          No template has “{search}” in its name, tags or description with this filter.
        </Empty>
      ) : (
        <VirtualRows label="Templates" items={shown} keyOf={(template) => template.id} rowHeight={61}>
          {(template) => <LibraryRow template={template} />}
        </VirtualRows>
      )}
    </>
  );
}
