import type { VantageState } from "./domain/vantage.ts";

/** What the start text tells. */
export interface StartFacts {
  readonly url: string;
  readonly signInLink: string;
  readonly database: string;
  readonly portals: number;
  readonly intervalMs: number;
  readonly auditIntervalMs: number;
  readonly vantage: VantageState;
  /** The admin key of a first start, or where it was put; null on later starts. */
  readonly firstKey: { readonly shown: string } | { readonly file: string } | null;
  readonly madeUp: boolean;
  /** Who tells of incidents, and how many channels NOTIFY_FILE has. */
  readonly telling: { readonly toldBy: "channels" | "prometheus"; readonly channels: number };
}

/** The lines that `serve` prints once it is up: where to look, what this place can reach, and the first key. */
export function startText(facts: StartFacts): string[] {
  const { vantage } = facts;
  return [
    `hatangso is running: ${facts.url}`,
    ...(facts.madeUp ? ["  Everything shown here is made up: this is the demo."] : []),
    `  Sign in as operator (works once): ${facts.signInLink}`,
    ...firstKeyLines(facts.firstKey),
    `  Database: ${facts.database}`,
    `  Probing ${facts.portals} portals over IPv4 and IPv6, each every ${facts.intervalMs / 1000} s.`,
    `  Auditing each in depth every ${inWords(facts.auditIntervalMs)}.`,
    tellingLine(facts.telling),
    `What this place ("${vantage.name}") can reach:`,
    `  IPv4: ${vantage.families.ip4.why}`,
    `  IPv6: ${vantage.families.ip6.why}`,
    `  Resolver: ${vantage.resolver.why}`,
    ...closedGateLines(vantage),
    ...countryLines(vantage.country, facts.madeUp),
  ];
}

/** Nobody should believe in alerts that nobody sends, nor be told twice. */
function tellingLine({ toldBy, channels }: StartFacts["telling"]): string {
  if (toldBy === "channels") {
    return channels === 0
      ? "  Nobody is told of incidents: there is neither NOTIFY_FILE nor INCIDENTS_TOLD_BY=prometheus."
      : `  Incidents are told through ${channels} of our own channels (NOTIFY_FILE); keep rules of Prometheus for portals off.`;
  }
  const silent =
    channels === 0 ? "" : ` The channels of NOTIFY_FILE (${channels}) stay silent, but for tests.`;
  return `  Incidents are told by rules of Prometheus (INCIDENTS_TOLD_BY).${silent}`;
}

/** A span as whole hours or minutes where it is that, else in seconds. */
function inWords(ms: number): string {
  const seconds = ms / 1000;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function firstKeyLines(key: StartFacts["firstKey"]): string[] {
  if (key === null) return [];
  if ("file" in key) return [`  First admin key, shown nowhere else: in ${key.file}`];
  return [`  First admin key, shown only now: ${key.shown}`];
}

function closedGateLines({ families, resolver }: VantageState): string[] {
  const closed = [
    ...(families.ip4.healthy ? [] : ["IPv4"]),
    ...(families.ip6.healthy ? [] : ["IPv6"]),
  ];
  if (!resolver.usable) {
    return ["  Until the resolver works, every run is recorded as unknown and nothing as down."];
  }
  if (closed.length === 0) return [];
  return [
    `  Until ${closed.join(" and ")} works here, portals are unknown over it, never down; no packet goes to them over it.`,
  ];
}

/** Many Vietnamese portals answer only from inside the country: failure from abroad is not failure. */
function countryLines(country: string | null, madeUp: boolean): string[] {
  if (country === "VN" || madeUp) return [];
  return [
    `  Vantage country: ${country ?? "not set (VANTAGE_COUNTRY)"}. Many portals answer only inside Viet Nam; a failure seen from elsewhere may not be one.`,
  ];
}
