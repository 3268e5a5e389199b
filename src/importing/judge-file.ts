import type {
  ImportSettings,
  Judged,
  LookUpRecorded,
  OnProgress,
  ReadFile,
  Register,
  Understood,
  UnderstoodColumn,
  UnderstoodRow,
  UploadedFile,
} from "../coverage/contract.ts";
import { openTable } from "../coverage/read/index.ts";
import { judge } from "../coverage/rules/index.ts";
import { understand } from "../coverage/understand/index.ts";
import type { Basis, SourceKind } from "../domain/coverage/figure.ts";
import type { ImportFault } from "../domain/coverage/import-fault.ts";
import { breathe } from "../store/breathe.ts";
import { assumedBasis } from "./assumed-basis.ts";

/** What a file was taken for, and what becomes of its rows. */
export interface JudgedFile {
  readonly format: ReadFile["format"] | "unknown";
  readonly encoding: ReadFile["encoding"];
  readonly columns: readonly UnderstoodColumn[];
  /** What its figures were taken to be because nobody says; null: somebody does, or nothing may be assumed. */
  readonly assumedBasis: Basis | null;
  readonly judged: Judged;
  /** Rows that were seen at most in one pass through the file so far. */
  readonly rowsSeen: () => number;
}

/** Takes a file from bytes to judged rows; nothing is stored. */
export type JudgeFile = (
  file: UploadedFile,
  given: {
    readonly sourceKind: SourceKind;
    readonly settings: ImportSettings;
    readonly register: Register;
    readonly lookUp: LookUpRecorded;
    readonly onProgress: OnProgress;
  },
) => Promise<JudgedFile>;

/** Reading a file is work of this thread: after so many rows others have their turn. */
const BREATHE_ROWS = 250;

/** Reads, understands and judges a file. */
export const judgeFile: JudgeFile = async (file, given) => {
  const { sourceKind, settings, register, lookUp, onProgress } = given;
  const opened = await openTable(file);
  if (!opened.ok) return stopped(opened.problem);
  const { format, encoding, faults } = opened.value;
  const made = await understand(opened.value, register, settings, onProgress);
  if (!made.ok) return { ...stopped([...faults, ...made.problem]), format, encoding };
  const { understood, rowsSeen } = counted(made.value);
  const before = [...faults, ...understood.faults];
  const assumed = assumedBasis(sourceKind, settings, understood.columns);
  const complete = { ...settings, basis: settings.basis ?? assumed };
  const judged = await judge(understood, register, complete, lookUp, onProgress);
  return {
    format,
    encoding,
    columns: understood.columns,
    assumedBasis: assumed,
    judged: { ...judged, faults: [...before, ...judged.faults] },
    rowsSeen,
  };
};

function stopped(faults: readonly ImportFault[]): JudgedFile {
  const judged = { refused: true, faults } as const;
  const nothing = { encoding: null, columns: [], assumedBasis: null };
  return { format: "unknown", ...nothing, judged, rowsSeen: () => 0 };
}

/** The same with its rows counted, and room for others between them. */
function counted(understood: Understood): {
  readonly understood: Understood;
  readonly rowsSeen: () => number;
} {
  let most = 0;
  async function* rows(): AsyncGenerator<UnderstoodRow, void, undefined> {
    let seen = 0;
    for await (const row of understood.rows()) {
      seen += 1;
      most = Math.max(most, seen);
      if (seen % BREATHE_ROWS === 0) await breathe();
      yield row;
    }
  }
  return { understood: { ...understood, rows }, rowsSeen: () => most };
}
