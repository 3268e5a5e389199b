import { done, refused, type Result } from "../domain/result.ts";

/** A rule of RFC 5545 as far as windows may use it. */
export interface RepeatRule {
  /** The rule without its end, in the form that the calendar library reads. */
  readonly text: string;
  /** The last start that is allowed: an instant (UTC) or a time on the wall as if it were UTC; milliseconds. */
  readonly until: { readonly at: number; readonly utc: boolean } | null;
  readonly count: number | null;
  /** By so much its start can be moved without changing the rule; null: not by any fixed time. */
  readonly stepMs: number | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = "MO|TU|WE|TH|FR|SA|SU";

/** Parts that each frequency may have; others are left out because the library expands them wrongly or for ever. */
const FREQUENCIES: Readonly<Record<string, { parts: readonly string[]; stepMs: number | null }>> = {
  HOURLY: { parts: [], stepMs: HOUR_MS },
  DAILY: { parts: ["BYDAY"], stepMs: DAY_MS },
  WEEKLY: { parts: ["BYDAY", "WKST"], stepMs: 7 * DAY_MS },
  MONTHLY: { parts: ["BYDAY", "BYMONTHDAY"], stepMs: null },
  YEARLY: { parts: [], stepMs: null },
};

const FORMS: Readonly<Record<string, RegExp>> = {
  INTERVAL: /^[1-9]\d{0,2}$/,
  COUNT: /^(1000|[1-9]\d{0,2})$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  WKST: new RegExp(`^(${DAYS})$`),
  BYMONTHDAY: /^(-?([1-9]|[12]\d|3[01]))(,-?([1-9]|[12]\d|3[01]))*$/,
};
const PLAIN_DAYS = new RegExp(`^(${DAYS})(,(${DAYS}))*$`);
const NUMBERED_DAYS = new RegExp(`^-?[1-4](${DAYS})(,-?[1-4](${DAYS}))*$`);

/** Reads a rule, or says in one English sentence why it can't be kept. */
export function readRule(text: string): Result<RepeatRule, string> {
  const parts = new Map<string, string>();
  for (const part of text
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .split(";")) {
    const [name = "", value = "", ...rest] = part.split("=");
    if (value === "" || rest.length > 0) return refused(`"${part}" is not a part of a rule.`);
    if (parts.has(name)) return refused(`${name} is there twice.`);
    parts.set(name, value);
  }
  const freq = parts.get("FREQ") ?? "";
  const frequency = FREQUENCIES[freq];
  if (!frequency) return refused(`FREQ must be ${Object.keys(FREQUENCIES).join(", ")}.`);
  const fault = faultOf(freq, frequency.parts, parts);
  if (fault !== null) return refused(fault);
  const until = untilOf(parts.get("UNTIL"));
  if (until !== null && Number.isNaN(until.at)) return refused("UNTIL is not a time.");
  const interval = Number(parts.get("INTERVAL") ?? 1);
  const kept = [...parts].filter(([name]) => name !== "UNTIL").map((part) => part.join("="));
  return done({
    text: kept.join(";"),
    until,
    count: parts.has("COUNT") ? Number(parts.get("COUNT")) : null,
    stepMs: frequency.stepMs === null ? null : frequency.stepMs * interval,
  });
}

function faultOf(freq: string, allowed: readonly string[], parts: ReadonlyMap<string, string>) {
  if (parts.has("COUNT") && parts.has("UNTIL")) return "COUNT and UNTIL exclude each other.";
  if (parts.has("BYDAY") && parts.has("BYMONTHDAY"))
    return "BYDAY and BYMONTHDAY exclude each other.";
  for (const [name, value] of parts) {
    if (name === "FREQ") continue;
    if (!["INTERVAL", "COUNT", "UNTIL", ...allowed].includes(name)) {
      return `${name} is not allowed with FREQ=${freq}.`;
    }
    const form = name === "BYDAY" ? daysForm(freq) : FORMS[name];
    if (!form?.test(value)) return `${name}=${value} is not allowed with FREQ=${freq}.`;
  }
  return null;
}

function daysForm(freq: string): RegExp {
  return freq === "MONTHLY" ? NUMBERED_DAYS : PLAIN_DAYS;
}

function untilOf(text: string | undefined) {
  if (text === undefined) return null;
  const [, date = "", time = "235959", zone] = /^(\d{8})(?:T(\d{6}))?(Z)?$/.exec(text) ?? [];
  const iso = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`;
  return { at: Date.parse(iso), utc: zone !== undefined };
}
