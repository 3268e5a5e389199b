import type { Browser, Page } from "puppeteer-core";

/** What a page is looked at with. */
interface Look {
  readonly width: number;
  readonly dark?: boolean;
}

/** A page in the browser, and what went wrong on it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings that the browser told, refusals of the security policy among them. */
  readonly complaints: string[];
  /** Addresses that were asked for outside the origin of the page. */
  readonly foreign: string[];
}

/** Opens an address and waits until the network is quiet, or the page loaded; requests to anywhere else are refused and kept. */
export async function openPage(
  browser: Browser,
  url: string,
  { width, dark = false }: Look,
  waitUntil: "networkidle0" | "load" = "networkidle0",
): Promise<WatchedPage> {
  const { origin } = new URL(url);
  const page = await browser.newPage();
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const own = request.url().startsWith(`${origin}/`) || request.url().startsWith("data:");
    if (!own) foreign.push(request.url());
    void (own ? request.continue() : request.abort());
  });
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
  ]);
  await page.goto(url, { waitUntil });
  return { page, complaints, foreign };
}
