import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NotifyMessage } from "../../src/domain/incident/notice.ts";
import { type Receiver, startReceiver } from "./receiver.ts";

/** One message as it was received. */
export interface Received {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly dedupeKey: string;
  readonly message: NotifyMessage;
}

/** Takes every message of a webhook channel and remembers it. */
export interface WebhookReceiver extends Omit<Receiver, "url"> {
  readonly received: readonly Received[];
  /** The environment of a service that tells this receiver of everything. */
  readonly env: Readonly<Record<string, string>>;
  /** Messages about one portal. */
  of(portal: string): readonly Received[];
}

/**
 * Starts it on loopback; its NOTIFY_FILE goes into the folder. It takes so long to answer, milliseconds: whoever is
 * killed meanwhile does not know that the message has arrived.
 */
export async function startWebhookReceiver(
  folder: string,
  answerAfterMs = 0,
): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const { url, ...receiver } = await startReceiver((body, request, response) => {
    const dedupeKey = String(request.headers["idempotency-key"]);
    received.push({ at: Date.now(), dedupeKey, message: JSON.parse(body) as NotifyMessage });
    setTimeout(() => response.end(), answerAfterMs);
  });
  const file = join(folder, "notify.json");
  await writeFile(file, notifyFile(`${url}/`));
  const about =
    (portal: string) =>
    ({ message: { incident } }: Received) =>
      incident?.portal?.id === portal;
  return {
    received,
    env: { NOTIFY_FILE: file, DRILL_SECRET: "made up for a drill" },
    of: (portal) => received.filter(about(portal)),
    ...receiver,
  };
}

function notifyFile(url: string): string {
  const secret = { env: "DRILL_SECRET" };
  const channel = { name: "drill", kind: "webhook", url, secret, allow_networks: ["127.0.0.0/8"] };
  return JSON.stringify({ channels: [channel], routes: [{ channels: ["drill"] }] });
}
