import { Link } from "react-router";
import { useDocumentTitle } from "../components/page.tsx";
import { Empty } from "../components/states.tsx";
import { paths } from "../lib/paths.ts";

export function NotFound() {
  useDocumentTitle("Not found");
  return (
    <Empty title="There is no such page" action={<Link to={paths.start}>To the library</Link>}>
      The address may be mistyped, or the page was moved.
    </Empty>
  );
}
