import { setTimeout as sleep } from "node:timers/promises";
import { startCapture, type WireTimes } from "./capture.ts";

/** One visit to the control portal, milliseconds: as the service says, and as the kernel saw the same connection. */
export interface ControlVisit {
  readonly said: Times;
  /** Null where nothing was captured, or not this connection alone. */
  readonly seen: Times | null;
}

export type Times = Pick<WireTimes, "connect" | "tls">;

/** Between two visits, so that they are no load themselves. */
const PAUSE_MS = 250;

/** Visits the control portal through `/probe` for so long, by turns over both families. */
export async function visitControl(
  service: string,
  control: { readonly url: string; readonly port: number },
  seconds: number,
): Promise<readonly ControlVisit[]> {
  const capture = await startCapture(control.port);
  const until = performance.now() + seconds * 1000;
  const visits: { from: number; to: number; said: Times }[] = [];
  while (performance.now() < until) {
    for (const module of ["http_ipv4", "http_ipv6"]) {
      const query = new URLSearchParams({ target: control.url, module });
      const from = Date.now();
      const text = await (await fetch(`${service}/probe?${query.toString()}`)).text();
      if (text.includes("probe_success 1")) {
        const said = { connect: phase(text, "connect"), tls: phase(text, "tls") };
        visits.push({ from, to: Date.now(), said });
      }
      await sleep(PAUSE_MS);
    }
  }
  const seen = (await capture?.stop()) ?? [];
  return visits.map(({ from, to, said }) => {
    const own = seen.filter(({ at }) => at >= from - 1 && at <= to + 1);
    return { said, seen: own.length === 1 ? (own[0] ?? null) : null };
  });
}

function phase(text: string, name: string): number {
  const found = new RegExp(`^probe_http_duration_seconds\\{phase="${name}"\\} (\\S+)$`, "m").exec(
    text,
  );
  return Number(found?.[1]) * 1000;
}
