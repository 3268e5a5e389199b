import { z } from "zod";
import { type Receiver, startReceiver } from "../receiver.ts";

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

/** Stands for whatever the receivers are, and remembers what they are told; the path after its URL is a receiver's name. */
export interface AlertReceiver extends Receiver {
  readonly notifications: readonly Notification[];
}

/** Starts it on loopback. */
export async function startAlertReceiver(): Promise<AlertReceiver> {
  const notifications: Notification[] = [];
  const server = await startReceiver((body, request, response) => {
    const receiver = decodeURIComponent((request.url ?? "/").slice(1));
    notifications.push({ at: Date.now(), receiver, ...webhook.parse(JSON.parse(body)) });
    response.end();
  });
  return { ...server, notifications };
}

/** Those that tell of something; the heartbeat tells all the time that telling works. */
export function withoutHeartbeat(notifications: readonly Notification[]): Notification[] {
  return notifications.filter(({ alerts }) =>
    alerts.some(({ labels }) => labels["alertname"] !== "Watchdog"),
  );
}
