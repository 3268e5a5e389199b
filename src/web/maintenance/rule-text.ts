import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { dayText } from "../time-text.ts";
import { MAINTENANCE_WORDS, type MaintenanceWords } from "./words.ts";

/** Days of the week as rules name them, the first one first. */
export const WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** How a window repeats, in words where our own form makes such rules, else as the rule itself. */
export function ruleText(rule: string | null, lang: Lang): Html {
  const words = MAINTENANCE_WORDS[lang];
  if (rule === null) return html`${words.once}`;
  const parts = new Map(
    rule
      .toUpperCase()
      .split(";")
      .map((part): [string, string] => {
        const [name = "", value = ""] = part.split("=");
        return [name, value];
      }),
  );
  const said = frequencyText(parts, words);
  if (said === null) return html`<code>${rule}</code>`;
  const until = /^(\d{4})(\d\d)(\d\d)/.exec(parts.get("UNTIL") ?? "");
  if (until === null) return html`${said}`;
  const [, year, month, day] = until;
  return html`${said} ${words.until(dayText(`${year}-${month}-${day}`, lang))}`;
}

function frequencyText(parts: ReadonlyMap<string, string>, words: MaintenanceWords): string | null {
  const known = [...parts.keys()].every((name) => ["FREQ", "BYDAY", "UNTIL"].includes(name));
  if (!known) return null;
  const days = (parts.get("BYDAY") ?? "").split(",").filter((day) => day !== "");
  const named = days.flatMap((day) => {
    const known = WEEKDAYS.find((each) => each === day);
    return known === undefined ? [] : [words.weekdays[known]];
  });
  if (named.length < days.length) return null;
  const frequency = parts.get("FREQ");
  if (frequency === "WEEKLY") return words.everyWeek(named.join(", "));
  if (days.length > 0) return null;
  if (frequency === "DAILY") return words.everyDay;
  return frequency === "MONTHLY" ? words.everyMonth : null;
}
