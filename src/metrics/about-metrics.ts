import { Gauge, type Registry } from "prom-client";

/** What a service says of itself. */
export interface AboutService {
  readonly version: string;
  /** Where people reach it, without a slash at the end. */
  readonly publicUrl: string;
  /** Who tells of incidents: its own channels, or rules of Prometheus. */
  readonly toldBy: "channels" | "prometheus";
  readonly probeIntervalMs: number;
  readonly auditIntervalMs: number;
}

/** The metrics of what the service is set to. */
export interface AboutMetrics {
  /** Takes in what the service says of itself. */
  setAbout(about: AboutService): void;
}

/** Defines them in a registry; absent before the first `setAbout`. */
export function aboutMetrics(registry: Registry): AboutMetrics {
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) => {
    const made = new Gauge({ name, help, labelNames, registers: [registry] });
    made.reset();
    // Without labels prom-client begins at 0, which would be no interval.
    if (labelNames.length === 0) made.remove();
    return made;
  };
  const info = gauge(
    "hatangso_info",
    "The version, where people reach the service, and who tells of incidents, always 1",
    ["version", "public_url", "told_by"],
  );
  const interval = gauge("prober_interval_seconds", "How often each portal is probed, per family");
  const audits = gauge("prober_audit_interval_seconds", "How often each portal is audited");
  return {
    setAbout({ version, publicUrl, toldBy, probeIntervalMs, auditIntervalMs }) {
      info.reset();
      info.set({ version, public_url: publicUrl, told_by: toldBy }, 1);
      interval.set(probeIntervalMs / 1000);
      audits.set(auditIntervalMs / 1000);
    },
  };
}
