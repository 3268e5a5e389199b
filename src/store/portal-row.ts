import { z } from "zod";
import { PORTAL_KINDS } from "../domain/portal.ts";
import { parsePortalUrl, type UrlProblem } from "../domain/portal-url.ts";
import { type AgencyInput, agencySlug } from "./agencies.ts";
import { fault, type ImportFault, type ImportRow } from "./import-text.ts";
import type { NewPortal } from "./portal-bulk.ts";
import { slugInput } from "./portal-input.ts";

/** The columns of a file of portals. */
export const PORTAL_COLUMNS = {
  required: ["url", "name_vi", "kind", "owner_type", "owner_code", "owner_name_vi", "status"],
  optional: ["id", "host", "name_en", "source"],
} as const;

/** A row that is right in itself; `slug` is null where the file leaves the id to us. */
export interface PortalRow {
  readonly line: number;
  readonly agency: AgencyInput;
  readonly portal: Omit<NewPortal, "slug"> & { readonly slug: string | null };
}

const URL_REASONS: Readonly<Record<UrlProblem, string>> = {
  not_a_url: "not an absolute URL",
  scheme_not_http: "only http and https can be watched",
  has_credentials: "a URL with user or password is refused",
  has_fragment: "a fragment (#…) is never sent to a server; leave it out",
  host_not_dns_or_ip: "the host is not a DNS name or an IP address",
  too_long: "longer than 2000 characters",
};

const text = (max: number) =>
  z.string().min(1, "must not be empty").max(max, `at most ${max} characters`);
const codeWord = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,48}$/, "lower-case letters, digits and dashes only");

const rowInput = z.object({
  id: z.union([z.literal(""), slugInput], "lower-case letters, digits and dashes only"),
  url: z.string().superRefine((value, context) => {
    const parsed = parsePortalUrl(value);
    if (!parsed.ok) context.addIssue({ code: "custom", message: URL_REASONS[parsed.problem] });
  }),
  host: z.string().max(300),
  name_vi: text(300),
  name_en: z.string().max(300, "at most 300 characters"),
  kind: z.enum(PORTAL_KINDS, `one of ${PORTAL_KINDS.join(", ")}`),
  owner_type: codeWord,
  owner_code: codeWord,
  owner_name_vi: text(300),
  status: z.enum(["current", "legacy"], "current or legacy"),
  source: z.string().max(4000, "at most 4000 characters"),
});

/** Reads one row of a file of portals; every cell that is wrong is a fault of its own. */
export function readPortalRow(row: ImportRow): { row: PortalRow } | { faults: ImportFault[] } {
  const cells = Object.fromEntries(
    Object.keys(rowInput.shape).map((column) => [column, row.cells.get(column) ?? ""]),
  );
  const parsed = rowInput.safeParse(cells);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => {
      const column = String(path[0]);
      return fault(row.line, column, cells[column] ?? "", message);
    });
    return { faults };
  }
  const cell = parsed.data;
  const url = parsePortalUrl(cell.url);
  if (!url.ok) return { faults: [fault(row.line, "url", cell.url, URL_REASONS[url.problem])] };
  if (cell.host !== "" && asciiHost(cell.host) !== url.value.host) {
    const reason = `differs from the host of the URL, ${url.value.host}`;
    return { faults: [fault(row.line, "host", cell.host, reason)] };
  }
  const agency = {
    ownerType: cell.owner_type,
    ownerCode: cell.owner_code,
    nameVi: cell.owner_name_vi,
  };
  const portal = {
    slug: cell.id === "" ? null : cell.id,
    ...url.value,
    nameVi: cell.name_vi,
    nameEn: cell.name_en === "" ? null : cell.name_en,
    kind: cell.kind,
    agency: agencySlug(agency.ownerType, agency.ownerCode),
    province: cell.owner_type === "province" ? cell.owner_code : null,
    lifecycle: cell.status === "current" ? ("active" as const) : ("retired" as const),
    source: cell.source === "" ? null : cell.source,
  };
  return { row: { line: row.line, agency, portal } };
}

/** The agencies that rows name; one is called what its current portals call it, else what the others do. */
export function agenciesOf(rows: readonly PortalRow[]): AgencyInput[] {
  const agencies = new Map<string, AgencyInput>();
  const current = rows.filter(({ portal }) => portal.lifecycle === "active");
  for (const { agency, portal } of [...current, ...rows]) {
    if (!agencies.has(portal.agency)) agencies.set(portal.agency, agency);
  }
  return [...agencies.values()];
}

function asciiHost(host: string): string {
  const parsed = parsePortalUrl(`https://${host}/`);
  return parsed.ok ? parsed.value.host : host;
}
