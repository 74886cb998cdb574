import type { Page } from "playwright-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { makeTemplate } from "../../supabase/functions/prompts/testing/prompts-client.ts";
import { type Person, useStack } from "../support/stack.ts";
import { openBrowser, type TestPage } from "./support/browser.ts";

const stack = useStack();
const browser = openBrowser();

let owner: Person;
let templateId: string;
let visitor: TestPage;
beforeAll(async () => {
  owner = await stack.signUp();
  templateId = await makeTemplate(owner, "You are a {{ role }}.");
});
afterEach(() => visitor.context.close());

async function openEditor(): Promise<Page> {
  visitor = await browser.visitAs(owner);
  await visitor.page.emulateMedia({ reducedMotion: "reduce" });
  await visitor.goto(`/o/${owner.organizationId}/templates/${templateId}/editor`);
  await visitor.page.getByRole("textbox", { name: "Text of message 1" }).waitFor();
  await visitor.page.getByLabel("Example value of role").waitFor();
  return visitor.page;
}

/** What has the focus, by the name it is read out with. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const label = element.getAttribute("aria-labelledby");
    const labelled = label && document.getElementById(label)?.textContent;
    return (element.getAttribute("aria-label") ?? (labelled || element.textContent) ?? "").trim();
  });

/** Whether an eye can tell that it has the focus: it, or the frame around it, looks otherwise without. */
const isSeen = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const element = document.activeElement as HTMLElement;
    const frame = element.closest("section") ?? element;
    const look = () => {
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
      return [outlineStyle, outlineWidth, boxShadow, borderColor, getComputedStyle(frame).borderColor].join();
    };
    // The text editor shows its focus a moment after it has it, and as long after it has lost it.
    for (let tries = 1; tries <= 15; tries += 1) {
      const settled = () => new Promise((resolve) => setTimeout(resolve, 60 * tries));
      element.blur();
      await settled();
      const without = look();
      element.focus();
      await settled();
      if (look() !== without) return true;
    }
    return false;
  });

/** Goes on with Tab until this has the focus; says what was passed on the way, and what of it cannot be seen. */
async function tabTo(page: Page, name: string) {
  const passed: string[] = [];
  const unseen: string[] = [];
  while (passed.length < 60) {
    await page.keyboard.press("Tab");
    const here = await focused(page);
    passed.push(here);
    if (!(await isSeen(page))) unseen.push(here);
    if (here === name) return { passed, unseen };
  }
  throw new Error(`${name} is not on the way: ${passed.join(", ")}`);
}

test("everything in the editor is reached with Tab, in the order it is read, and is seen to have the focus", async () => {
  const page = await openEditor();
  const { passed, unseen } = await tabTo(page, "Change");
  const inOrder = [
    "Skip to the page",
    "Library",
    "Copy template id",
    "Call it",
    "Editor",
    "History",
    "Keyboard shortcuts",
    "Try it",
    "Activate v1",
    "Role of message 1",
    "Text of message 1",
    "Add a message",
    "Example value of role",
    "Contract of role",
    "Change",
  ];
  expect(passed.filter((name) => inOrder.includes(name))).toEqual(inOrder);
  expect(unseen).toEqual([]);
});

test("a version is written, saved with a note and activated without a pointer, and the focus comes back each time", async () => {
  const page = await openEditor();
  const text = page.getByRole("textbox", { name: "Text of message 1" });
  await text.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" Be brief.");
  await page.keyboard.press("ControlOrMeta+s");
  await page.getByRole("dialog", { name: "Save version 2" }).waitFor();
  await expect.poll(() => focused(page)).toBe("Note");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog", { name: "Save version 2" }).waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe("Text of message 1");

  await page.keyboard.press("ControlOrMeta+s");
  await expect.poll(() => focused(page)).toBe("Note");
  await page.keyboard.type("Written with ten fingers");
  await page.keyboard.press("ControlOrMeta+Enter");
  await page.getByRole("button", { name: "Activate v2" }).waitFor();
  await expect.poll(() => focused(page)).toBe("Text of message 1");
  await page.keyboard.press("ControlOrMeta+Shift+Enter");
  await page.getByText("v2 · active").first().waitFor();

  // Out of the text with Tab, as the list of shortcuts says.
  await page.keyboard.press("Tab");
  expect(await focused(page)).not.toBe("Text of message 1");
});

test("what is typed right after the palette was asked for is the palette's, also before its code has come", async () => {
  const page = await openEditor();
  let comes = () => {};
  const asked = new Promise<void>((resolve) => {
    comes = resolve;
  });
  await page.route("**/assets/palette-popup-*.js", async (route) => {
    await asked;
    await route.continue();
  });
  await page.reload();
  const text = page.getByRole("textbox", { name: "Text of message 1" });
  await text.click();
  const before = await text.textContent();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("try itt");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Enter");
  expect(await text.textContent()).toBe(before);
  comes();
  await page.getByRole("region", { name: "Playground" }).waitFor();
});

/** Down an open menu to this entry. The menu moves the focus a moment after each press. */
async function downTo(page: Page, entry: string) {
  await expect.poll(() => page.locator("[role=menu]:focus-within").count()).toBe(1);
  for (let here = await focused(page); here !== entry; here = await focused(page)) {
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => focused(page)).not.toBe(here);
  }
}

/** Where the focus is, when it has left the dialog for the page behind it. */
function outsideDialog(): string | null {
  const element = document.activeElement;
  return element && !element.closest("[role=dialog]") && element.closest("#root") ? element.outerHTML : null;
}

test("dialogs open with the focus where typing begins, keep it inside, and give it back", async () => {
  const page = await openEditor();
  const opens: [button: string, entry: string | undefined, first: string][] = [
    ["Change", undefined, "Model"],
    ["Keyboard shortcuts", undefined, "Keyboard"],
    ["More about", "Description and tags", "Description"],
    ["More about", "Delete", "to go on"],
  ];
  for (const [button, entry, first] of opens) {
    const trigger = page.getByRole("button", { name: button }).first();
    const name = (await trigger.getAttribute("aria-label")) ?? (await trigger.textContent());
    await trigger.focus();
    await page.keyboard.press("Enter");
    if (entry) {
      await page.getByRole("menuitem", { name: entry }).waitFor();
      await downTo(page, entry);
      await page.keyboard.press("Enter");
    }
    await page.getByRole("dialog").waitFor();
    await expect.poll(() => focused(page), { message: `${button} ${entry}` }).toContain(first);
    for (let presses = 0; presses < 12; presses += 1) {
      await page.keyboard.press("Tab");
      // A Tab faster than the frame in which the end leads back to the beginning is caught right after.
      await expect.poll(() => page.evaluate(outsideDialog)).toBeNull();
    }
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await expect.poll(() => focused(page), { message: `after ${entry ?? button}` }).toBe(name);
  }
});
