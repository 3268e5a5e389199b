import type { JudgedRow, UploadedFile } from "../../../src/coverage/contract.ts";
import type { NewFigure } from "../../../src/domain/coverage/figure.ts";
import type { ImportFault, Severity } from "../../../src/domain/coverage/import-fault.ts";
import type { JudgeFile } from "../../../src/importing/judge-file.ts";
import { figure } from "../../store/helpers/coverage.ts";

/** One line of a made-up file: what becomes of the row, and its figure. */
interface Line {
  readonly verdict: "accepted" | "held" | "refused";
  readonly unit: number;
  readonly change?: Partial<NewFigure>;
}

/** A file whose text is its rows, for `madeUpJudge`. */
export function madeUpFile(name: string, lines: readonly Line[]): UploadedFile {
  return { name, bytes: Buffer.from(JSON.stringify(lines)) };
}

/** Judges made-up files: a stand-in for reading and rules, which have tests of their own. */
export const madeUpJudge: JudgeFile = async ({ bytes }, { lookUp }) => {
  const lines = JSON.parse(Buffer.from(bytes).toString()) as Line[];
  const figures = lines.map(({ unit, change }, index) =>
    figure(unit, { row: index + 2, ...change }),
  );
  const recorded = await lookUp(figures);
  const rows = lines.map(({ verdict }, index): JudgedRow => {
    const given = figures[index] as NewFigure;
    const known = recorded.current(given)?.numerator === given.numerator;
    return {
      sheet: null,
      number: index + 2,
      verdict: known ? "accepted" : verdict,
      unit: { id: given.unitId } as JudgedRow["unit"],
      figures: known ? [] : [given],
      unchanged: known ? 1 : 0,
      faults: known ? [] : FAULTS[verdict].map((severity) => fault(index + 2, severity)),
    };
  });
  return {
    format: "csv",
    encoding: { name: "utf-8", guessed: false, sample: "" },
    columns: [],
    assumedBasis: null,
    rowsSeen: () => rows.length,
    judged: {
      refused: false,
      faults: [],
      async *rows() {
        yield* rows;
      },
    },
  };
};

const FAULTS = { accepted: [], held: ["hold"], refused: ["reject_row"] } as const;

function fault(row: number, severity: Severity): ImportFault {
  const rule = severity === "hold" ? "V21" : "V02";
  return {
    sheet: null,
    row,
    column: "Số hộ",
    value: "1",
    rule,
    severity,
    detail: { code: "made_up" },
  };
}
