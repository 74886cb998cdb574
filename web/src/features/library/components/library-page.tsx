import { Plus } from "lucide-react";
import { useDeferredValue, useMemo } from "react";
import { Button } from "../../../components/button.tsx";
import { Page } from "../../../components/page.tsx";
import { Picker } from "../../../components/picker.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { SearchInput } from "../../../components/search-input.tsx";
import { Select } from "../../../components/select.tsx";
import { Empty, Skeleton } from "../../../components/states.tsx";
import { VirtualRows } from "../../../components/virtual-rows.tsx";
import { WhoCan } from "../../../components/who-can.tsx";
import { count, plural } from "../../../lib/format.ts";
import { useCan } from "../../../lib/organization.tsx";
import { type RunningAbTest, useRunningAbTests } from "../../../lib/queries/get-running-ab-tests.ts";
import { isPartial, type Template, useTemplates } from "../../../lib/queries/get-templates.ts";
import { useAddressFilter } from "../../../lib/use-address-filter.ts";
import { useMaking } from "../../../lib/use-making.ts";
import { type Arrangement, type LibraryOrder, pick, shelve, sortShelf, tagsOf } from "../arrange.ts";
import { DeletedTemplates } from "./deleted-templates.tsx";
import styles from "./library.module.css";
import { LibraryRow } from "./library-row.tsx";
import { LibraryTotals } from "./library-totals.tsx";
import { NewTemplateDialog } from "./new-template-dialog.tsx";

export function LibraryPage() {
  const may = useCan();
  const query = useTemplates();
  // The dialog stands outside the list: what is typed into it stays when somebody else makes the first template.
  const [creating, setCreating] = useMaking("templates.write");
  const create = may("templates.write") && (
    <Button look="primary" icon={<Plus aria-hidden="true" />} onClick={() => setCreating(true)}>
      New template
    </Button>
  );
  const empty = (
    <Empty
      title="No templates yet"
      action={create}
      example={'You are a {{ role }}.\nAnswer in {{ lang | default("English") }}.'}
    >
      A template is a prompt with a name. Your code calls it by that name; what it says is decided here.
      {!create && " A member of this organization writes the first."}
    </Empty>
  );
  const actions = (
    <>
      {may("templates.delete") && <DeletedTemplates />}
      {query.data?.length ? create || <WhoCan permission="templates.write">write templates</WhoCan> : null}
    </>
  );
  return (
    <Page title="Library" actions={actions}>
      <QueryView query={query} empty={empty}>
        {(templates) => (
          <Templates templates={templates} reading={query.isFetching && isPartial(templates)} />
        )}
      </QueryView>
      <NewTemplateDialog open={creating} onOpenChange={setCreating} />
    </Page>
  );
}

const noTests: ReadonlyMap<string, RunningAbTest> = new Map();

type LibraryChoices = Omit<Arrangement, "testing"> & { order: LibraryOrder };
const everyTemplate: LibraryChoices = { search: "", filter: "all", tag: null, order: "changed" };

type TemplatesProps = {
  templates: Template[];
  /** There are more, and they are on their way: what is not found among these may be among those. */
  reading: boolean;
};

function Templates({ templates, reading }: TemplatesProps) {
  const [{ search, filter, tag, order }, change] = useAddressFilter<LibraryChoices>(everyTemplate);
  const testing = useRunningAbTests().data ?? noTests;
  const shelf = useMemo(() => shelve(templates), [templates]);
  const tags = useMemo(() => tagsOf(templates), [templates]);
  // The field or menu that was touched shows it first; the list follows when nothing more urgent waits.
  const choices = useMemo(() => ({ search, filter, tag, testing }), [search, filter, tag, testing]);
  const wanted = useDeferredValue(choices);
  const wantedOrder = useDeferredValue(order);
  const sorted = useMemo(() => sortShelf(shelf, wantedOrder), [shelf, wantedOrder]);
  const shown = useMemo(() => pick(sorted, wanted), [sorted, wanted]);

  return (
    <>
      <LibraryTotals />
      <div className={styles.tools}>
        <SearchInput
          label="Find by name, tag or description"
          value={search}
          onChange={(search) => change({ search })}
        />
        <Select
          label="Show"
          value={filter}
          onChange={(filter) => change({ filter })}
          options={[
            { value: "all", label: "All templates" },
            { value: "active", label: "Active" },
            { value: "testing", label: "In an A/B test" },
            { value: "draft", label: "Not active" },
          ]}
        />
        {tags.length > 0 && (
          <Picker
            label="Tag"
            none="All tags"
            value={tag}
            onChange={(tag) => change({ tag })}
            options={tags.map(({ tag: value, count }) => ({
              value,
              label: value,
              hint: plural(count, "template"),
            }))}
          />
        )}
        <Select
          label="Order"
          value={order}
          onChange={(order) => change({ order })}
          options={[
            { value: "changed", label: "Last changed first" },
            { value: "name", label: "By name" },
            { value: "versions", label: "Most versions first" },
          ]}
        />
        {shown.length < templates.length && (
          <span role="status" className={styles.found}>
            {count(shown.length)} {reading ? "so far" : <>of {count(templates.length)}</>}
          </span>
        )}
      </div>
      {shown.length === 0 && reading && <Skeleton lines={5} />}
      {shown.length === 0 && !reading && (
        <Empty
          title="Nothing matches"
          action={<Button onClick={() => change({ ...everyTemplate, order })}>Show all templates</Button>}
        >
          {wanted.search
            ? `No template has “${wanted.search}” in its name, tags or description with these filters.`
            : "No template passes these filters."}
        </Empty>
      )}
      {shown.length > 0 && (
        <VirtualRows label="Templates" items={shown} keyOf={(template) => template.id} rowHeight={61}>
          {(template) => <LibraryRow template={template} test={testing.get(template.id)} />}
        </VirtualRows>
      )}
    </>
  );
}
