import { setTimeout as pause } from "node:timers/promises";
import { UsageError } from "../domain/usage-error.ts";
import { createOutbox } from "../incidents/outbox.ts";
import { configuredChannels, configuredNotify } from "../notify-options.ts";
import {
  enqueueTest,
  type NotificationEnd,
  notificationEnd,
} from "../store/notification-requests.ts";
import type { CommandContext, DatabaseCommand } from "./command.ts";

/** One try may take 30 s, and a service may have others to send first. */
const WAIT_MS = 60_000;
const LOOK_EVERY_MS = 250;

/** Sends a test message through one channel and says how it ended: 0 taken, 1 not taken. */
export const notifyTestCommand: DatabaseCommand = async (context) => {
  const { db, config, args, output, actor, service } = context;
  const name = String(args["channel"]);
  const notify = configuredNotify(config);
  const channels = notify?.channels.map((channel) => channel.name) ?? [];
  if (notify === null || !channels.includes(name)) {
    const known = channels.length === 0 ? "none; set NOTIFY_FILE" : channels.join(", ");
    throw new UsageError(`There is no channel "${name}". Channels: ${known}.`);
  }
  const writer = { db, actor: { keyId: null, name: actor } };
  const request = { now: new Date(), madeUp: config.madeUp };
  const id = await enqueueTest(writer, name, request);
  // Beside a running service whoever comes first sends it: each message has one sender at a time.
  if (service === null) await sendHere(context, notify, name);
  const end = await awaitEnd(context, id);
  if (end?.state === "sent") {
    output.err(
      `The channel ${name} took the test message${end.error === null ? "." : `, but: ${end.error}.`}`,
    );
    return end.error === null ? 0 : 1;
  }
  const why = end?.error ?? "nobody tried within a minute; is the service running?";
  const next = end?.state === "dead" ? "It is not tried again." : "It is tried again later.";
  output.err(`The channel ${name} did not take the test message: ${why}. ${next}`);
  return 1;
};

async function sendHere(
  { db, config }: CommandContext,
  notify: NonNullable<ReturnType<typeof configuredNotify>>,
  name: string,
): Promise<void> {
  const clock = Date.now;
  const silent = () => undefined;
  const outbox = createOutbox({
    db,
    channels: configuredChannels(db, config, notify, clock).filter(
      ({ channel }) => channel.name === name,
    ),
    // What happened is read from the notification.
    log: { warn: silent, error: silent },
    clock,
    metrics: { setChannels: silent, notified: silent, notifyFailed: silent, setOutbox: silent },
  });
  await outbox.passNow(name);
  await outbox.stop();
}

/** How it stands when it was taken, given up, or tried once. */
async function awaitEnd({ db }: CommandContext, id: number): Promise<NotificationEnd | null> {
  const until = performance.now() + WAIT_MS;
  for (;;) {
    const end = await notificationEnd(db, id);
    if (end === null || end.state !== "pending" || end.error !== null) return end;
    if (performance.now() > until) return end;
    await pause(LOOK_EVERY_MS);
  }
}
