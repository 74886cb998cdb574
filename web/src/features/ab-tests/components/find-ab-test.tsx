import type { ReactNode } from "react";
import { Navigate, useParams } from "react-router";
import { QueryView } from "../../../components/query-view.tsx";
import { Failed, Skeleton } from "../../../components/states.tsx";
import { AppError } from "../../../lib/errors.ts";
import { useOrganization } from "../../../lib/organization.tsx";
import { paths } from "../../../lib/paths.ts";
import { useDeletesAbTest } from "../api/change-ab-test.ts";
import { type AbTest, useAbTests } from "../api/get-ab-tests.ts";

/** The test of the address. It is missing only where a list that is up to date does not have it: it may be new. */
export function FindAbTest({ children }: { children: (test: AbTest) => ReactNode }) {
  const { testId = "" } = useParams();
  const { id: organizationId } = useOrganization();
  const deletes = useDeletesAbTest(testId);
  const query = useAbTests();
  return (
    <QueryView query={query}>
      {(tests) => {
        const test = tests.find(({ id }) => id === testId);
        if (test) return children(test);
        if (deletes) return <Navigate to={paths.tests(organizationId)} replace />;
        if (query.isFetching) return <Skeleton />;
        return <Failed error={new AppError("NM003", "There is no such test.")} />;
      }}
    </QueryView>
  );
}
