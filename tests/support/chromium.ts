import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const windowsRoots = [process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA];

/** Where a Chromium may be, the most explicit first. Nothing is downloaded. */
function candidates(): string[] {
  return [
    process.env.CHROME_PATH,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
    "/opt/google/chrome/chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ...windowsRoots
      .filter((root) => root !== undefined)
      .map((root) => join(root, "Google/Chrome/Application/chrome.exe")),
    chromium.executablePath(),
  ].filter((path): path is string => Boolean(path));
}

/** The browser to test in, or `undefined` where this machine has none. */
function findChromium(): string | undefined {
  return candidates().find((path) => existsSync(path));
}

export async function launchChromium() {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error("No Chromium was found. Install Chromium or Google Chrome, or set CHROME_PATH to one.");
  }
  // Chromium refuses its sandbox to root; everyone else keeps it.
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    args: [
      ...(asRoot ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
}
