import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { CHROMIUM, startBrowser } from "../support/browser.ts";

export { CHROMIUM };

/** Pages of the service that are open in a browser and never loaded again. */
export interface WatchedPages {
  /** Remembers what the pages say now. */
  remember(): Promise<void>;
  /** Whether every page came to say something else in time, in the document that was loaded first; tells each that did. */
  changed(withinMs: number, tell: (what: string) => void): Promise<boolean>;
  /** Saves a picture of each, if a folder was given. */
  save(what: string): Promise<void>;
  close(): Promise<void>;
}

/** How many incidents are open, as pages say it to screen readers. */
const SAYS = 'document.querySelector("main").dataset.liveSays';

/** Opens them in headless Chromium. */
export async function openWatchedPages(
  url: string,
  paths: readonly string[],
  folder: string | null,
): Promise<WatchedPages> {
  const browser = await startBrowser();
  const pages: { path: string; page: Page }[] = [];
  for (const path of paths) {
    const page = await browser.newPage();
    const session = await page.createCDPSession();
    // Pages that nobody looks at do not ask for news.
    await session.send("Emulation.setFocusEmulationEnabled", { enabled: true });
    await page.setViewport({ width: 1200, height: 900 });
    await page.goto(`${url}${path}?lang=vi`, { waitUntil: "load" });
    await page.evaluate("window.loadedOnce = true");
    pages.push({ path, page });
  }
  if (folder !== null) await mkdir(folder, { recursive: true });
  return {
    async remember() {
      for (const { page } of pages) await page.evaluate(`window.remembered = ${SAYS}`);
    },
    async changed(withinMs, tell) {
      const condition = `window.loadedOnce === true && ${SAYS} !== window.remembered`;
      const all = pages.map(async ({ path, page }) => {
        try {
          await page.waitForFunction(condition, { timeout: withinMs, polling: 100 });
        } catch (error) {
          if (error instanceof Error && error.name === "TimeoutError") return false;
          throw error;
        }
        tell(`${path} shows: ${String(await page.evaluate(SAYS))}`);
        return true;
      });
      return (await Promise.all(all)).every(Boolean);
    },
    async save(what) {
      if (folder === null) return;
      for (const { path, page } of pages) {
        const name = `${what}-${path.slice(1) || "home"}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: true });
      }
    },
    close: () => browser.close(),
  };
}
