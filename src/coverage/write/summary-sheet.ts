import type { Cell, CellValue, WriteSheet } from "hucre/xlsx";
import { importFaultText } from "../../catalogue/import-faults/index.ts";
import { type Both, both } from "../../catalogue/text.ts";
import { type ImportFault, SEVERITIES } from "../../domain/coverage/import-fault.ts";
import { cellText } from "./cell-text.ts";
import { fillOf, SEVERITY_WORDS } from "./severity-look.ts";

/** Rows of the file by what became of them. */
export interface RowCounts {
  readonly accepted: number;
  readonly held: number;
  readonly refused: number;
}

/** What the first sheet of an annotated copy tells. */
export interface Summary {
  readonly file: string;
  readonly counts: RowCounts | null;
  readonly faults: readonly ImportFault[];
  /** What the sheets leave out, in words. */
  readonly leftOut: Both | null;
}

/** File faults are told one by one up to here. */
const MAX_FILE_FAULTS = 200;

const BOLD = { font: { bold: true } };
const HEADING = { font: { bold: true, size: 14 } };
const WRAPPED = { alignment: { vertical: "top", wrapText: true } } as const;

/** The sheet on top: what came of the file, faults of the whole file, faults by rule, what the colours say. */
export function summarySheet(name: string, summary: Summary): WriteSheet {
  const page = new Page();
  page.line([both("KẾT QUẢ KIỂM TRA TỆP", "RESULT OF THE CHECK")], HEADING);
  page.line(["Tệp / File", summary.file]);
  page.line(["Kết quả / Outcome", outcome(summary)], BOLD);
  if (summary.counts) {
    const { accepted, held, refused } = summary.counts;
    page.line(["Dòng được nhận / Rows accepted", accepted]);
    page.line(["Dòng chờ xem xét / Rows held for review", held]);
    page.line(["Dòng bị từ chối / Rows refused", refused]);
  }
  if (summary.leftOut) page.line([summary.leftOut]);
  page.line([]);
  fileFaults(page, summary.faults);
  byRule(page, summary.faults);
  page.line([both("Màu và nhãn", "Colours and labels")], BOLD);
  for (const severity of SEVERITIES) {
    page.line([SEVERITY_WORDS[severity]], { fill: fillOf(severity) });
  }
  return {
    name,
    columns: [
      { width: 42 },
      { width: 26 },
      { width: 24 },
      { width: 22 },
      { width: 70 },
      { width: 70 },
    ],
    rows: page.rows,
    cells: page.cells,
  };
}

function outcome({ counts, faults }: Summary): Both {
  if (faults.some(({ severity }) => severity === "reject_file")) {
    return both(
      "Tệp bị từ chối, không có số liệu nào được ghi",
      "Refused as a whole, nothing was stored",
    );
  }
  if (faults.length === 0) return both("Không có lỗi", "No faults");
  if (counts && counts.refused + counts.held === 0) {
    return both("Đã nhận, có lưu ý", "Accepted, with notices");
  }
  return both("Có dòng bị từ chối hoặc chờ xem xét", "Some rows were refused or held for review");
}

function fileFaults(page: Page, faults: readonly ImportFault[]): void {
  const ofFile = faults.filter(({ row }) => row === null).slice(0, MAX_FILE_FAULTS);
  if (ofFile.length === 0) return;
  page.line([both("Lỗi của cả tệp hoặc trang tính", "Faults of the file or a sheet")], BOLD);
  page.line(
    [
      "Mức / Severity",
      "Quy tắc / Rule",
      "Trang tính / Sheet",
      "Cột / Column",
      "Tiếng Việt",
      "English",
    ],
    BOLD,
  );
  for (const fault of ofFile) {
    page.line(
      [
        SEVERITY_WORDS[fault.severity],
        fault.rule,
        fault.sheet ?? "",
        fault.column ?? "",
        importFaultText(fault, "vi"),
        importFaultText(fault, "en"),
      ],
      { ...WRAPPED, fill: fillOf(fault.severity) },
    );
  }
  page.line([]);
}

function byRule(page: Page, faults: readonly ImportFault[]): void {
  if (faults.length === 0) return;
  page.line([both("Số lỗi theo quy tắc", "Faults by rule")], BOLD);
  page.line(["Mức / Severity", "Quy tắc / Rule", "Số lượng / Count"], BOLD);
  const groups = Map.groupBy(faults, ({ rule, severity }) => `${rule} ${severity}`);
  for (const [, group] of [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const [first] = group;
    if (first) page.line([SEVERITY_WORDS[first.severity], first.rule, group.length]);
  }
  page.line([]);
}

/** A sheet that is written line by line. */
class Page {
  readonly rows: CellValue[][] = [];
  readonly cells = new Map<string, Partial<Cell>>();

  line(values: readonly (string | number | Both)[], style?: Cell["style"]): void {
    const row = this.rows.length;
    this.rows.push(values.map(shown));
    if (!style) return;
    for (const [column, value] of values.entries()) {
      this.cells.set(`${row},${column}`, { value: shown(value), style });
    }
  }
}

function shown(value: string | number | Both): string | number {
  if (typeof value === "object") return `${value.vi} / ${value.en}`;
  return typeof value === "string" ? cellText(value) : value;
}
