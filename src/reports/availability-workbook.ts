import type { AvailabilityFilter, AvailabilityRow } from "./availability.ts";
import { type TableColumn, tableWorkbook } from "./table-workbook.ts";

const COLUMNS: readonly TableColumn<AvailabilityRow>[] = [
  { header: "start", width: 12, as: "day", cell: ({ start }) => new Date(`${start}T00:00:00Z`) },
  { header: "id", width: 28, cell: ({ id }) => id },
  { header: "name_vi", width: 44, cell: ({ name_vi }) => name_vi },
  { header: "days", width: 7, as: "count", cell: ({ days }) => days },
  { header: "slots", width: 10, as: "count", cell: ({ slots }) => slots },
  { header: "up", width: 10, as: "count", cell: ({ up }) => up },
  { header: "down", width: 10, as: "count", cell: ({ down }) => down },
  { header: "unknown", width: 10, as: "count", cell: ({ unknown }) => unknown },
  { header: "maintenance", width: 12, as: "count", cell: ({ maintenance }) => maintenance },
  { header: "ratio", width: 9, as: "ratio", cell: ({ ratio }) => ratio },
  { header: "unknown_ratio", width: 13, as: "ratio", cell: (row) => row.unknown_ratio },
];

/** Availability as an XLSX file that says how it was worked out. */
export function availabilityWorkbook(
  rows: readonly AvailabilityRow[],
  { by, span, family, vantage }: AvailabilityFilter,
  created: Date,
): Promise<Uint8Array> {
  const lines = [
    `Per ${by} and ${span}, ${family ?? "IPv4 and IPv6"}, seen from ${vantage}; made ${created.toISOString()}.`,
    "slots = up + down + unknown + maintenance; ratio = up / (up + down); unknown_ratio = unknown / slots.",
  ];
  return tableWorkbook({ title: "Availability", lines, columns: COLUMNS }, rows, created);
}
