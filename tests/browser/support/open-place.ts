import type { TestPage } from "./browser.ts";
import type { Ids, Place } from "./places.ts";

/** Goes there as a link does, and waits for the data and not only for the frame around it. */
export async function openPlace({ page, follow }: TestPage, { heading, path, shows }: Place, ids: Ids) {
  const to = path(ids);
  await follow(to);
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  await page.waitForFunction((href) => {
    const link = document.querySelector(`a[href="${href}"]`);
    return !link || link.getAttribute("aria-current") === "page" || !link.closest("nav");
  }, to);
  await page.getByText(shows).filter({ visible: true }).first().waitFor();
  await page.getByRole("status", { name: "Loading" }).first().waitFor({ state: "detached" });
}
