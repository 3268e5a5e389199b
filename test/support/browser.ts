import { readFile } from "node:fs/promises";
import puppeteer, { type Browser, type Page } from "puppeteer-core";

/** Where Debian has Chromium. */
export const CHROMIUM = "/usr/bin/chromium";

/** A fault that axe found: which rule, how grave, and where. */
export interface AxeFinding {
  readonly rule: string;
  readonly impact: string;
  readonly where: readonly string[];
}

/** Starts Chromium without a window; close it in the end. */
export function startBrowser(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: CHROMIUM,
    // In a container there are no user namespaces for its sandbox; it opens nothing but our own pages.
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
}

/** What axe finds on a page that is serious or critical; its script is put in past the page's own policy. */
export async function graveFindings(page: Page): Promise<AxeFinding[]> {
  const axe = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
  await page.evaluate(axe);
  const found: unknown = await page.evaluate(`axe.run(document, { resultTypes: ["violations"] })
    .then(({ violations }) => violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, impact, nodes }) => ({ rule: id, impact, where: nodes.map(({ html }) => html.slice(0, 200)) })))`);
  return found as AxeFinding[];
}

/** By how many pixels a page is wider than its window; 0: nobody has to scroll sideways. */
export async function overflow(page: Page): Promise<number> {
  const wide: unknown = await page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  return Number(wide);
}
