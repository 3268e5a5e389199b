import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { z } from "zod";

const webhook = z.object({
  status: z.enum(["firing", "resolved"]),
  alerts: z.array(
    z.object({
      status: z.enum(["firing", "resolved"]),
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()),
    }),
  ),
});

/** One alert in a notification. */
export type ToldAlert = z.infer<typeof webhook>["alerts"][number];

/** One notification as Alertmanager sent it: what rings one telephone once. */
export interface Notification extends z.infer<typeof webhook> {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The receiver of Alertmanager's configuration. */
  readonly receiver: string;
}

/** Stands for whatever the receivers are, and remembers what they are told. */
export interface AlertReceiver {
  /** The path after it is the receiver's name. */
  readonly url: string;
  readonly notifications: readonly Notification[];
  /** Resolves when the condition holds, looked at with each notification; false if it does not in time. */
  until(condition: () => boolean, withinMs: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Starts it on loopback. */
export async function startAlertReceiver(): Promise<AlertReceiver> {
  const notifications: Notification[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const receiver = decodeURIComponent((request.url ?? "/").slice(1));
      notifications.push({ at: Date.now(), receiver, ...webhook.parse(JSON.parse(body)) });
      response.end();
      for (const look of waiting) look();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notifications,
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

/** Those that tell of something; the heartbeat tells all the time that telling works. */
export function withoutHeartbeat(notifications: readonly Notification[]): Notification[] {
  return notifications.filter(({ alerts }) =>
    alerts.some(({ labels }) => labels["alertname"] !== "Watchdog"),
  );
}
