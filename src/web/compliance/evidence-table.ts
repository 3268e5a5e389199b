import { html } from "hono/html";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { numberText } from "../number-text.ts";
import { evidenceName, YES_NO } from "./evidence-words.ts";

/** Members of one list and depth of nesting that are shown; the audit's facts hold the rest. */
const MEMBERS_SHOWN = 12;
const DEPTH_SHOWN = 4;

/** Objects of this many plain values at most are rows of a table; bigger ones stand below each other. */
const ROW_VALUES = 5;

/** What a finding stands on, as small tables; null where there is nothing to show. Durations are milliseconds. */
export function evidenceTable(
  evidence: Readonly<Record<string, unknown>>,
  timings: Readonly<Record<string, number>> | null,
  lang: Lang,
): Html | null {
  const times = Object.entries(timings ?? {}).map(([name, ms]) => ({
    name: evidenceName(name, lang),
    value: name.endsWith("_ratio")
      ? html`${numberText(ms, lang, 2)}`
      : html`${numberText(ms, lang, 1)} ms`,
  }));
  const rows = [...pairs(evidence, lang, 1), ...times];
  return rows.length === 0 ? null : pairTable(rows);
}

interface Pair {
  readonly name: string;
  readonly value: Html;
}

function pairs(object: object, lang: Lang, depth: number): Pair[] {
  return Object.entries(object)
    .filter(([, value]) => !isEmpty(value))
    .map(([name, value]) => ({
      name: evidenceName(name, lang),
      value: valueText(value, lang, depth + 1),
    }));
}

/** What says nothing takes no row: null, and lists without members. */
function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

function pairTable(rows: readonly Pair[]): Html {
  return html`<table class="evidence">
    <tbody>
      ${rows.map(
        ({ name, value }) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function valueText(value: unknown, lang: Lang, depth: number): Html {
  if (typeof value === "boolean") return html`${YES_NO[lang][value ? 0 : 1]}`;
  if (typeof value === "string" || typeof value === "number") return html`<code>${value}</code>`;
  if (typeof value !== "object" || value === null) return html`–`;
  if (depth > DEPTH_SHOWN) return html`<code>${JSON.stringify(value)}</code>`;
  return Array.isArray(value) ? listText(value, lang, depth) : pairTable(pairs(value, lang, depth));
}

function listText(list: readonly unknown[], lang: Lang, depth: number): Html {
  const shown = list.slice(0, MEMBERS_SHOWN);
  const more = list.length > shown.length ? html`<p>+ ${list.length - shown.length}</p>` : "";
  const objects = shown.filter((one) => typeof one === "object" && one !== null);
  if (objects.length < shown.length) {
    return html`${shown.map((one) => html`<span class="member">${valueText(one, lang, depth)}</span> `)}
    ${more}`;
  }
  const found = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  const names = [...found.filter(isSubject), ...found.filter((name) => !isSubject(name))];
  const flat = objects.every((one) => Object.values(one).every(isPlain));
  return flat && names.length <= ROW_VALUES
    ? html`${rowTable(objects, names, lang)}${more}`
    : html`${objects.map((one) => valueText(one, lang, depth))}${more}`;
}

/** What a row is about comes first; the database keeps no order of names. */
function isSubject(name: string): boolean {
  return name === "address" || name === "host" || name === "name" || name === "url";
}

/** Plain values, and lists of them. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => typeof one !== "object");
  return typeof value !== "object" || value === null;
}

function rowTable(rows: readonly object[], names: readonly string[], lang: Lang): Html {
  return html`<table class="evidence">
    <thead>
      <tr>
        ${names.map((name) => html`<th scope="col">${evidenceName(name, lang)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => {
        const values = new Map(Object.entries(row));
        return html`<tr>
          ${names.map((name) => html`<td>${valueText(values.get(name), lang, DEPTH_SHOWN)}</td>`)}
        </tr>`;
      })}
    </tbody>
  </table>`;
}
