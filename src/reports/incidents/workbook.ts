import { type TableColumn, tableWorkbook } from "../table-workbook.ts";
import type { IncidentRow } from "./row.ts";

/** A row of the list with or without what only some may see. */
type Listed = Partial<IncidentRow> &
  Pick<IncidentRow, "id" | "kind" | "severity" | "scope" | "opened_at" | "duration_seconds">;

const date = (text: string | null | undefined) => (text == null ? null : new Date(text));

const COLUMNS: readonly TableColumn<Listed>[] = [
  { header: "id", width: 8, as: "count", cell: ({ id }) => id },
  { header: "kind", width: 16, cell: ({ kind }) => kind },
  { header: "severity", width: 10, cell: ({ severity }) => severity },
  { header: "scope", width: 9, cell: ({ scope }) => scope },
  { header: "family", width: 8, cell: ({ family }) => family ?? null },
  { header: "portal", width: 28, cell: ({ portal }) => portal?.id ?? null },
  { header: "portal_name_vi", width: 40, cell: ({ portal }) => portal?.name_vi ?? null },
  { header: "url", width: 36, cell: ({ portal }) => portal?.url ?? null },
  { header: "agency", width: 20, cell: ({ portal }) => portal?.agency.id ?? null },
  { header: "agency_name_vi", width: 32, cell: ({ portal }) => portal?.agency.name_vi ?? null },
  { header: "province", width: 9, cell: ({ portal }) => portal?.province?.code ?? null },
  { header: "opened_at", width: 17, as: "time", cell: ({ opened_at }) => date(opened_at) },
  { header: "resolved_at", width: 17, as: "time", cell: ({ resolved_at }) => date(resolved_at) },
  { header: "duration_seconds", width: 12, as: "count", cell: (row) => row.duration_seconds },
  { header: "cause", width: 20, cell: ({ cause }) => cause ?? null },
  {
    header: "subject",
    width: 30,
    cell: ({ subject }) => (subject === undefined ? null : `${subject.type}:${subject.name}`),
  },
  { header: "told_at", width: 17, as: "time", cell: ({ told_at }) => date(told_at) },
  { header: "held", width: 14, cell: ({ held }) => held ?? null },
  {
    header: "acknowledged_by",
    width: 24,
    cell: ({ acknowledged }) => acknowledged?.by ?? null,
  },
  { header: "closed_by", width: 14, cell: ({ closed_by }) => closed_by ?? null },
];

/** Incidents as an XLSX file; what the reader may not see is empty. */
export function incidentWorkbook(rows: readonly Listed[], created: Date): Promise<Uint8Array> {
  const lines = ["Instants are UTC.", `Made ${created.toISOString()}.`];
  return tableWorkbook({ title: "Incidents", lines, columns: COLUMNS }, rows, created);
}
