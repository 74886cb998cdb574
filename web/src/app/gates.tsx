import { usePrefetchQuery } from "@tanstack/react-query";
import { lazy, useEffect } from "react";
import { Navigate, Outlet, useLocation, useParams } from "react-router";
import { Failed, Skeleton } from "../components/states.tsx";
import { AppError } from "../lib/errors.ts";
import { lastOrganizationKey } from "../lib/head-start.ts";
import { OrganizationContext } from "../lib/organization.tsx";
import { paths } from "../lib/paths.ts";
import { useMyOrganizations } from "../lib/queries/get-my-organizations.ts";
import { templatesOptions } from "../lib/queries/get-templates.ts";
import { useSession, useUser } from "../lib/session.tsx";
import { useOrganizationEvents } from "./events/organization-events.ts";

// Its form is not part of every first visit.
const FirstOrganization = lazy(async () => ({
  default: (await import("./first-organization.tsx")).FirstOrganization,
}));

/** Remembers where the person wanted to go and brings them there after signing in. */
export function SignedIn() {
  const session = useSession();
  const location = useLocation();
  if (session.status === "loading") return <Skeleton />;
  if (session.status === "out") {
    const back = location.pathname + location.search;
    return <Navigate to={paths.signIn} replace state={back === paths.start ? undefined : { back }} />;
  }
  return <Outlet />;
}

export function SignedOut() {
  const session = useSession();
  const location = useLocation();
  if (session.status === "loading") return <Skeleton />;
  if (session.status === "in") return <Navigate to={location.state?.back ?? paths.start} replace />;
  return <Outlet />;
}

/** `/` is the library of the organization last worked in. */
export function Start() {
  const query = useMyOrganizations(useUser().id);
  if (query.isPending) return <Skeleton />;
  if (query.isError) return <Failed error={query.error} retry={() => void query.refetch()} />;
  const last = localStorage.getItem(lastOrganizationKey);
  const organization = query.data.find(({ id }) => id === last) ?? query.data[0];
  return organization ? <Navigate to={paths.library(organization.id)} replace /> : <FirstOrganization />;
}

/** Everything below `/o/:organizationId` knows which organization it is in, and as what. */
export function InOrganization() {
  const { organizationId = "" } = useParams();
  const query = useMyOrganizations(useUser().id);
  // Every page needs them, and need not wait until the organization is known: a stranger reads none.
  usePrefetchQuery(templatesOptions(organizationId));
  const organization = query.data?.find(({ id }) => id === organizationId);
  useOrganizationEvents(organization?.id);

  useEffect(() => {
    if (organization) localStorage.setItem(lastOrganizationKey, organization.id);
  }, [organization]);

  if (query.isPending) return <Skeleton />;
  // Asking again may fail while somebody writes: what is on the screen stays there.
  if (query.isError && !query.data) return <Failed error={query.error} retry={() => void query.refetch()} />;
  if (!organization) {
    const remedy = "Check the address, or ask an admin of the organization to invite you.";
    return (
      <Failed
        error={new AppError("NM003", "There is no such organization, or you are not in it.", { remedy })}
      />
    );
  }
  return (
    <OrganizationContext value={organization}>
      <Outlet />
    </OrganizationContext>
  );
}
