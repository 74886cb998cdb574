import table from "./table.module.css";

/** The head of the column of buttons: a name for who hears the table, nothing for who sees it. */
export function ActionsHeader() {
  return (
    <th className={table.actions}>
      <span className="visually-hidden">Actions</span>
    </th>
  );
}
