import { lazy, Suspense } from "react";
import { type Figure, Figures } from "../../../components/figures.tsx";
import { Page } from "../../../components/page.tsx";
import { Skeleton } from "../../../components/states.tsx";
import { compactCount, dollars, exactDollars } from "../../../lib/format.ts";
import { useCredits } from "../../../lib/queries/get-credits.ts";
import { everyUsage, useUsage } from "../../../lib/queries/get-usage.ts";
import { Ledger } from "./ledger.tsx";

const SpendChart = lazy(async () => ({ default: (await import("./spend-chart.tsx")).SpendChart }));
const days = 30;

export function CreditsPage() {
  const { data: balance } = useCredits();
  const { data: usage } = useUsage({ ...everyUsage, days });
  const whole = usage?.find(({ scope }) => scope === "whole");
  const figures: Figure[] = [];
  if (balance !== undefined)
    figures.push({ name: "Left", value: exactDollars(balance), note: "requests are refused at $0.00" });
  if (usage)
    figures.push({
      name: `Cost of ${days} days`,
      value: dollars(whole?.cost_nanousd ?? 0),
      note: `${compactCount(whole?.requests ?? 0)} requests`,
    });
  return (
    <Page title="Credits" lead="Requests through your own provider connections use none.">
      {figures.length > 0 && <Figures label="Credit" figures={figures} />}
      {usage && usage.length > 0 && (
        <Suspense fallback={<Skeleton shape="block" lines={1} />}>
          <SpendChart usage={usage} days={days} />
        </Suspense>
      )}
      <Ledger />
    </Page>
  );
}
