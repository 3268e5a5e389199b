import { until } from "../../real/support/child.ts";
import { type Promised, say } from "../drill.ts";
import { type AlertReceiver, type Notification, withoutHeartbeat } from "./alert-receiver.ts";
import { brokenLinks } from "./links.ts";
import type { KnownAlert, Monitoring } from "./monitoring.ts";

type Labels = Readonly<Record<string, string>>;

/** One thing that breaks, and what an operator is to get for it. */
export interface Scene {
  readonly name: string;
  readonly breakIt: () => Promise<void>;
  readonly mend: () => Promise<void>;
  /** The labels of the one alert that is told, others aside. */
  readonly told: Labels;
  /** Alerts that follow from it, which Alertmanager must hold: labels, and how many of them. */
  readonly held: readonly { readonly labels: Labels; readonly count: number }[];
}

/** What came of a scene. */
export interface Played {
  readonly scene: Scene;
  /** Milliseconds from breaking and from mending to being told; null: it was not. */
  readonly toldAfterMs: number | null;
  readonly resolvedAfterMs: number | null;
  /** All that was told while it played. */
  readonly notifications: readonly Notification[];
  readonly brokenLinks: readonly string[];
  /** Those of `held` that were not held. */
  readonly notHeld: readonly Labels[];
}

/** Where scenes are played. */
export interface Stage {
  readonly receiver: AlertReceiver;
  readonly monitoring: Monitoring;
  /** Longest wait for being told, milliseconds. */
  readonly withinMs: number;
}

/** Breaks it, waits for the page and for what is held, mends it, waits for the end to be told. */
export async function play(scene: Scene, stage: Stage): Promise<Played> {
  const { receiver, withinMs } = stage;
  const from = receiver.notifications.length;
  const notifications = () => withoutHeartbeat(receiver.notifications.slice(from));
  const told = (status: Notification["status"]) =>
    notifications().find((each) => each.status === status && isAbout(each, scene.told));
  const wait = async (status: Notification["status"]) => {
    const since = Date.now();
    await receiver.until(() => told(status) !== undefined, withinMs);
    const found = told(status);
    say(`${scene.name}: ${found === undefined ? "never told" : "told"} (${status})`);
    return found === undefined ? null : found.at - since;
  };

  say(`${scene.name}: broken`);
  await scene.breakIt();
  const toldAfterMs = await wait("firing");
  const notHeld = await lacking(scene, stage);
  const links = await linksOf(notifications());
  say(`${scene.name}: mended`);
  await scene.mend();
  const resolvedAfterMs = await wait("resolved");
  return {
    scene,
    toldAfterMs,
    resolvedAfterMs,
    notifications: notifications(),
    brokenLinks: links,
    notHeld,
  };
}

/** Waits until Alertmanager holds what follows from it, and says what it does not hold in time. */
async function lacking({ held }: Scene, { monitoring, withinMs }: Stage): Promise<Labels[]> {
  let missing: Labels[] = [];
  await until("what follows is held", withinMs, async () => {
    const alerts = await monitoring.alerts();
    missing = held
      .filter(({ labels, count }) => heldOf(alerts, labels) < count)
      .map(({ labels }) => labels);
    return missing.length === 0 ? true : null;
  }).catch(() => say(`not held: ${JSON.stringify(missing)}`));
  return missing;
}

function heldOf(alerts: readonly KnownAlert[], wanted: Labels): number {
  return alerts.filter(
    ({ labels, status }) => status.inhibitedBy.length > 0 && isLike(labels, wanted),
  ).length;
}

async function linksOf(notifications: readonly Notification[]): Promise<string[]> {
  const alerts = notifications.flatMap((notification) => notification.alerts);
  return (await Promise.all(alerts.map(brokenLinks))).flat();
}

/** Whether a notification tells of this alert and of nothing else. */
function isAbout({ alerts }: Notification, wanted: Labels): boolean {
  return alerts.length === 1 && isLike(alerts[0]?.labels ?? {}, wanted);
}

function isLike(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

/** What must have come of a scene. */
export function promisesOf(played: Played): Promised[] {
  const { scene, notifications, toldAfterMs, resolvedAfterMs } = played;
  const others = notifications.filter((each) => !isAbout(each, scene.told));
  const pages = notifications.filter(({ status }) => status === "firing");
  return [
    { promise: `${scene.name}: one page, labelled as it must be`, kept: toldAfterMs !== null },
    { promise: `${scene.name}: no second page`, kept: pages.length === 1 },
    {
      promise: `${scene.name}: its links lead somewhere`,
      kept: toldAfterMs !== null && played.brokenLinks.length === 0,
    },
    { promise: `${scene.name}: what follows from it is held`, kept: played.notHeld.length === 0 },
    { promise: `${scene.name}: the end is told`, kept: resolvedAfterMs !== null },
    { promise: `${scene.name}: nothing else is told`, kept: others.length === 0 },
  ];
}

/** What came of a scene, for the table of findings. */
export function inNumbers(played: Played): Record<string, unknown> {
  const { scene, toldAfterMs, resolvedAfterMs, notHeld } = played;
  return {
    name: scene.name,
    toldAfterMs,
    resolvedAfterMs,
    brokenLinks: played.brokenLinks,
    notHeld,
  };
}

/** A notification in one line, with the time since this program began. */
export function inWords({ at, receiver, status, alerts }: Notification): string {
  // One that tells of what fires names what has ended too.
  const names = alerts
    .filter((alert) => alert.status === status)
    .map(({ labels }) =>
      [labels["alertname"], labels["severity"], labels["portal"] ?? labels["province"]].join(" "),
    );
  return `${Math.round(at - performance.timeOrigin)} ms ${receiver}: ${status}: ${names.join(", ")}`;
}
