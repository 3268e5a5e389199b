import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { NotifyMessage } from "../../src/domain/incident/notice.ts";

/** One message as it was received. */
export interface Received {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly dedupeKey: string;
  readonly message: NotifyMessage;
}

/** Takes every message of a webhook channel and remembers it. */
export interface WebhookReceiver {
  readonly received: readonly Received[];
  /** The environment of a service that tells this receiver of everything. */
  readonly env: Readonly<Record<string, string>>;
  /** Messages about one portal. */
  of(portal: string): readonly Received[];
  /** Resolves when the condition holds, looked at with each message; false if it does not in time. */
  until(condition: () => boolean, withinMs: number): Promise<boolean>;
  close(): Promise<void>;
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
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const dedupeKey = String(request.headers["idempotency-key"]);
      received.push({ at: Date.now(), dedupeKey, message: JSON.parse(body) as NotifyMessage });
      setTimeout(() => response.end(), answerAfterMs);
      for (const look of waiting) look();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const file = join(folder, "notify.json");
  await writeFile(file, notifyFile(`http://127.0.0.1:${port}/`));
  const about =
    (portal: string) =>
    ({ message: { incident } }: Received) =>
      incident?.portal?.id === portal;
  return {
    received,
    env: { NOTIFY_FILE: file, DRILL_SECRET: "made up for a drill" },
    of: (portal) => received.filter(about(portal)),
    until: (condition, withinMs) =>
      new Promise((resolve) => {
        const settle = (held: boolean) => {
          waiting.delete(look);
          clearTimeout(timer);
          resolve(held);
        };
        const look = () => void (condition() && settle(true));
        const timer = setTimeout(() => settle(condition()), withinMs);
        waiting.add(look);
        look();
      }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function notifyFile(url: string): string {
  const secret = { env: "DRILL_SECRET" };
  const channel = { name: "drill", kind: "webhook", url, secret, allow_networks: ["127.0.0.0/8"] };
  return JSON.stringify({ channels: [channel], routes: [{ channels: ["drill"] }] });
}
