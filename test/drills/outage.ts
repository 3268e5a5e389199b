import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { startLab } from "../../lab/index.ts";
import { startServiceProcess } from "../support/service-process.ts";
import { concludePromises, groundOf, registerLab, say } from "./drill.ts";
import { CHROMIUM, openWatchedPages } from "./watched-pages.ts";
import { startWebhookReceiver } from "./webhook-receiver.ts";

/**
 * One outage from end to end, with real time: a portal of the lab is broken by the lab's switch, the message arrives, the
 * pages show it without being loaded again; it is mended, and the same again. Prints when what happened; with
 * `--screenshots FOLDER` pictures of the pages too.
 */
const { values } = parseArgs({ options: { screenshots: { type: "string" } } });

const INTERVAL_SECONDS = 5;
const INTERVAL_MS = INTERVAL_SECONDS * 1000;

/** Two intervals, both confirmations (at most 0.65 of an interval), and what it takes to look, to test and to tell. */
const TOLD_WITHIN_MS = 2 * INTERVAL_MS + 0.65 * INTERVAL_MS + 5_000;

/** Three good runs in a row close; the same margin. */
const MENDED_WITHIN_MS = 4 * INTERVAL_MS + 5_000;

/** Pages ask for changes at most every 15 s. */
const SHOWN_WITHIN_MS = 25_000;

const PORTAL = "healthy";
const BROKEN = { both: { http: { kind: "page", status: 503 } } };

/** Few enough that the address which all of the lab shares over IPv6 makes nobody wait for a common cause. */
const OTHERS = ["idn", "tls-13-only"];

const lab = await startLab({ only: [PORTAL, ...OTHERS] });
const ground = await groundOf({ lab, stop: lab.stop }, INTERVAL_SECONDS, {
  agencyOf: (portal) => portal,
});
const receiver = await startWebhookReceiver(ground.folder);
await registerLab(ground);
const service = await startServiceProcess({
  ...ground.env,
  ...receiver.env,
  AUDIT_HTTP_PORT: String(lab.httpPort),
  PUBLIC_READ: "all",
});
say(`the service runs: ${service.url}`);
const pages = existsSync(CHROMIUM)
  ? await openWatchedPages(service.url, ["/", "/incidents"], values.screenshots ?? null)
  : null;
if (pages === null) say(`no Chromium at ${CHROMIUM}: the pages are not looked at`);

const timeline: { what: string; afterMs: number }[] = [];
const note = (what: string, since: number, at = Date.now()) => {
  timeline.push({ what, afterMs: at - since });
  say(what);
};
await firstRound();
const broken = await play("broken", BROKEN, "opened", TOLD_WITHIN_MS);
const mended = await play("mended", "healthy", "resolved", MENDED_WITHIN_MS);
await pages?.close();
await service.stop();

process.stdout.write("\n  seconds  what\n");
for (const { what, afterMs } of timeline) {
  process.stdout.write(`  ${(afterMs / 1000).toFixed(1).padStart(7)}  ${what}\n`);
}
concludePromises("outage", { intervalSeconds: INTERVAL_SECONDS, url: lab.portal(PORTAL).url }, [
  { promise: `the opening was told within ${TOLD_WITHIN_MS / 1000} s`, kept: broken.inTime },
  { promise: "every page showed it without being loaded again", kept: broken.shown },
  { promise: `the recovery was told within ${MENDED_WITHIN_MS / 1000} s`, kept: mended.inTime },
  { promise: "every page showed that too", kept: mended.shown },
  { promise: "two messages in all", kept: receiver.received.length === 2 },
]);
await receiver.close();
await ground.end();

/** Waits until every portal was seen to be well, as the first page has it. */
async function firstRound(): Promise<void> {
  const url = `${service.url}/metrics/portals`;
  const isUp = /^portal_state\{.*\} 1$/gm;
  for (;;) {
    const text = await (await fetch(url)).text();
    if (text.match(isUp)?.length === lab.portals.length) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Switches the portal and waits for the message and the pages. */
async function play(
  what: string,
  behaviour: object | string,
  event: "opened" | "resolved",
  withinMs: number,
): Promise<{ readonly inTime: boolean; readonly shown: boolean }> {
  await pages?.remember();
  const since = Date.now();
  await fetch(`${lab.controlUrl}/portals/${PORTAL}/behaviour`, {
    method: "PUT",
    body: JSON.stringify(behaviour),
  });
  note(`the portal is ${what}`, since);
  const find = () => receiver.of(PORTAL).find(({ message }) => message.event === event);
  // Later than promised is worth knowing too.
  await receiver.until(() => find() !== undefined, 4 * withinMs);
  const told = find();
  if (told) note(`the webhook has "${event}"`, since, told.at);
  const shown =
    pages === null || (await pages.changed(SHOWN_WITHIN_MS, (page) => note(page, since)));
  await pages?.save(what);
  return { inTime: told !== undefined && told.at - since <= withinMs, shown };
}
