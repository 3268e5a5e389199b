import { Counter, Gauge, type Registry } from "prom-client";
import { INCIDENT_KINDS, SEVERITIES } from "../domain/incident/kinds.ts";
import type { CommonCause } from "../reports/incidents/common-causes.ts";
import type { IncidentCount } from "../reports/incidents/counts.ts";

/** What is waiting to be told. */
export interface OutboxGauges {
  /** Milliseconds since the epoch of the oldest notification that waits; null when none does. */
  readonly oldestAt: number | null;
  /** Notifications that wait, and those that were given up. */
  readonly pending: number;
  readonly dead: number;
}

/** The metrics of incidents and of telling them. */
export interface IncidentMetrics {
  /** Takes in how many incidents are open; what is not named has none. */
  setIncidentCounts(counts: readonly IncidentCount[]): void;
  /** Takes in the common causes that are open; others are shown no more. */
  setCommonCauses(causes: readonly CommonCause[]): void;
  /** Takes in how many maintenance windows are active. */
  setActiveWindows(windows: number): void;
  /** Makes the counters of these channels appear at 0. */
  setChannels(channels: readonly string[]): void;
  /** Counts one message that a channel took. */
  notified(channel: string): void;
  /** Counts one try that failed. */
  notifyFailed(channel: string): void;
  setOutbox(outbox: OutboxGauges): void;
}

/** Defines the metrics of incidents in a registry; all kinds and severities are there from the first scrape at 0. */
export function incidentMetrics(registry: Registry): IncidentMetrics {
  const registers = [registry];
  const open = new Gauge({
    name: "incidents_open",
    help: "Open incidents, those that are parts of another one too",
    labelNames: ["kind", "severity"],
    registers,
  });
  const setIncidentCounts = (counts: readonly IncidentCount[]) => {
    for (const kind of INCIDENT_KINDS)
      for (const severity of SEVERITIES) open.set({ kind, severity }, 0);
    for (const { kind, severity, incidents } of counts) open.set({ kind, severity }, incidents);
  };
  setIncidentCounts([]);
  const windows = new Gauge({
    name: "maintenance_windows_active",
    help: "Maintenance windows that are active now",
    registers,
  });
  return {
    setIncidentCounts,
    setCommonCauses: commonCauses(registry),
    setActiveWindows: (count) => windows.set(count),
    ...outboxMetrics(registry),
  };
}

function commonCauses(registry: Registry): IncidentMetrics["setCommonCauses"] {
  const portals = new Gauge({
    name: "incident_common_cause_portals",
    help: "Portals with an open incident that is a part of this one; absent when it is over",
    labelNames: ["incident", "cause", "kind", "severity"],
    registers: [registry],
  });
  const heldBack = new Gauge({
    name: "incident_common_cause_held",
    help: "1 while nobody is to be told of this common cause, with the reason; absent otherwise",
    labelNames: ["incident", "reason"],
    registers: [registry],
  });
  return (causes) => {
    portals.reset();
    heldBack.reset();
    for (const { incident: id, cause, kind, severity, held, portals: count } of causes) {
      const incident = String(id);
      portals.set({ incident, cause, kind, severity }, count);
      if (held !== null) heldBack.set({ incident, reason: held }, 1);
    }
  };
}

function outboxMetrics(registry: Registry) {
  const registers = [registry];
  const labelNames = ["channel"];
  const sent = new Counter({
    name: "notify_sent_total",
    help: "Notifications that a channel took",
    labelNames,
    registers,
  });
  const failed = new Counter({
    name: "notify_failed_total",
    help: "Tries of notifications that failed; they are tried again",
    labelNames,
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const oldest = gauge(
    "notify_outbox_oldest_timestamp_seconds",
    "When the oldest notification that waits was made, in Unix seconds",
  );
  const pending = gauge("notify_outbox_pending", "Notifications that wait to be sent");
  const dead = gauge("notify_outbox_dead", "Notifications that were given up");
  const setOutbox = (outbox: OutboxGauges) => {
    if (outbox.oldestAt === null) oldest.remove();
    else oldest.set(outbox.oldestAt / 1000);
    pending.set(outbox.pending);
    dead.set(outbox.dead);
  };
  setOutbox({ oldestAt: null, pending: 0, dead: 0 });
  return {
    setChannels(channels: readonly string[]) {
      for (const channel of channels)
        for (const counter of [sent, failed]) counter.inc({ channel }, 0);
    },
    notified: (channel: string) => sent.inc({ channel }),
    notifyFailed: (channel: string) => failed.inc({ channel }),
    setOutbox,
  };
}
