import { html } from "hono/html";
import type { Family } from "../../domain/family.ts";
import type { Severity } from "../../domain/incident/kinds.ts";
import type { IncidentRow } from "../../reports/incidents/row.ts";
import { nameText } from "../compliance/marks.ts";
import { portalLink } from "../compliance/portal-link.ts";
import { FAILURE_WORDS } from "../failure-words.ts";
import type { Lang } from "../lang.ts";
import type { Html } from "../layout.ts";
import { KIND_WORDS } from "../../catalogue/incident-words.ts";
import { INCIDENT_WORDS } from "./words.ts";

const FAMILY_NAMES: Readonly<Record<Family, string>> = { ip4: "IPv4", ip6: "IPv6" };

const FAILURES_SAID = new Map(Object.entries(FAILURE_WORDS));

/** The name of an address family. */
export function familyName(family: Family): string {
  return FAMILY_NAMES[family];
}

/** How urgent it is: a word, a colour and a shape of its own. */
export function severityMark(severity: Severity, lang: Lang): Html {
  return html`<span class="severity ${severity}">${KIND_WORDS[lang].severities[severity]}</span>`;
}

/** What kind of incident it is, and of which family if it is about one: `Partly down (IPv6)`. */
export function kindText(
  { kind, scope, family }: Pick<IncidentRow, "kind" | "scope" | "family">,
  lang: Lang,
): string {
  const { kinds, partial } = KIND_WORDS[lang];
  const name = scope === "partial" ? (partial[kind] ?? kinds[kind]) : kinds[kind];
  return family === null ? name : `${name} (${familyName(family)})`;
}

/** What opened it, in words; the slug itself where nobody has put it into words. */
export function causeText(cause: string, lang: Lang): string {
  const known = FAILURES_SAID.get(cause)?.[lang] ?? KIND_WORDS[lang].causes[cause];
  return known ?? cause.replaceAll("_", " ");
}

/**
 * What it is about: the portal with the way to its page; else what the portals have in common. Names of addresses,
 * certificates and the like are for those who may see details.
 */
export function aboutText(row: IncidentRow, lang: Lang, open: boolean): Html {
  if (row.portal !== null) return portalLink(row.portal, lang);
  const { subjects, parts } = KIND_WORDS[lang];
  const { type, name } = row.subject;
  const typeName = subjects[type];
  if (type === "vantage") {
    const part = name.split("/").at(-1) ?? "";
    return html`${typeName} ${row.vantage ?? ""}: ${parts[part] ?? part}`;
  }
  if (!open) return html`${typeName}`;
  return html`${typeName}
    <span class="literal">${shortName(type, name)}</span>
    ${row.members > 0 ? html`(${INCIDENT_WORDS[lang].membersNote(row.members)})` : ""}`;
}

/** A fingerprint by its first characters, which is how people tell them apart. */
function shortName(type: string, name: string): string {
  return type === "certificate" ? `${name.slice(0, 16)}…` : name;
}

/** The portal's agency, for lists. */
export function agencyText(row: IncidentRow): Html | "" {
  if (row.portal === null) return "";
  return html`<span class="also">${nameText(row.portal.agency, "vi")}</span>`;
}

/** What must be said beside an incident to those who may know: parts, flapping, came back, acknowledged, not told. */
export function incidentChips(row: IncidentRow, lang: Lang, open: boolean): Html | "" {
  if (!open) return "";
  const words = INCIDENT_WORDS[lang];
  const ended = row.resolved_at !== null;
  const chips = [
    ...(row.children > 0 ? [words.partsNote(row.children)] : []),
    ...(row.parent === null ? [] : [words.partOf(row.parent)]),
    ...(row.flapping ? [words.flapping] : []),
    ...(row.reopened > 0 ? [words.reopened(row.reopened)] : []),
    ...(row.acknowledged === null || ended ? [] : [words.acknowledgedBy(row.acknowledged.by)]),
    ...(row.held !== null && !ended ? [words.heldNote] : []),
  ];
  return html`${chips.map((text) => html`<span class="chip">${text}</span> `)}`;
}

/** The address of an incident's page. */
export function incidentPath(id: number, lang: Lang): string {
  return `/incidents/${id}?lang=${lang}`;
}
