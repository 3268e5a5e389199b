import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import type {
  ImportSettings,
  Judged,
  JudgedRow,
  LookUpRecorded,
  OnProgress,
  RecordedFigures,
  Register,
  Understood,
  UnderstoodRow,
} from "../contract.ts";
import { FILE_RULES } from "./all.ts";
import { collectFacts, type FileFacts } from "./file-facts.ts";
import { judgeRow } from "./judge-row.ts";
import { viewRow } from "./row-view.ts";
import { asFault } from "./finding.ts";
import { createScene, type Scene } from "./scene.ts";
import { isKnownOperator } from "./series.ts";

/** Rows that are looked up in one question to the database, and between two words about progress. */
const CHUNK_ROWS = 500;

/**
 * Judges a file: first as a whole, then, unless that refused it, row by row as they are taken. Rows come in the order of
 * the file, each with all its faults; what a file keeps in memory is about 50 bytes a figure.
 */
export async function judge(
  understood: Understood,
  register: Register,
  settings: ImportSettings,
  lookUp: LookUpRecorded,
  onProgress?: OnProgress,
): Promise<Judged> {
  const scene = createScene(register, settings, understood.columns);
  const facts = await collectFacts(understood, scene, (rows) => {
    if (rows % CHUNK_ROWS === 0) onProgress?.("reading", rows);
  });
  const faults = fileFaults(facts, scene);
  const stopping = [...understood.faults, ...faults].some(
    ({ severity }) => severity === "reject_file",
  );
  if (stopping) return { refused: true, faults };
  return {
    refused: false,
    faults,
    rows: () => judgeRows(understood, { facts, scene, lookUp, onProgress }),
  };
}

function fileFaults(facts: FileFacts, scene: Scene): readonly ImportFault[] {
  return FILE_RULES.flatMap(({ id, judge: apply }) =>
    apply(facts, scene).map((finding) => asFault(id, finding, scene)),
  );
}

interface SecondPass {
  readonly facts: FileFacts;
  readonly scene: Scene;
  readonly lookUp: LookUpRecorded;
  readonly onProgress: OnProgress | undefined;
}

async function* judgeRows(
  understood: Understood,
  pass: SecondPass,
): AsyncGenerator<JudgedRow, void, undefined> {
  let done = 0;
  for await (const chunk of chunksOf(understood.rows(), CHUNK_ROWS)) {
    yield* await judgeChunk(chunk, pass);
    done += chunk.length;
    pass.onProgress?.("checking", done);
  }
}

async function judgeChunk(
  chunk: readonly UnderstoodRow[],
  { facts, scene, lookUp }: SecondPass,
): Promise<readonly JudgedRow[]> {
  const views = chunk.map((row) => viewRow(row, scene, facts.percentages.isRatio));
  const keys = views
    .filter(({ place }) => place.certain)
    .flatMap((view) => view.keyed.map(({ key }) => key))
    .filter(({ operator }) => isKnownOperator(operator, scene));
  const recorded = keys.length === 0 ? NOTHING_RECORDED : await lookUp(keys);
  const context = { scene, file: facts, recorded };
  return views.map((view) => judgeRow(view, context));
}

const NOTHING_RECORDED: RecordedFigures = { current: () => null, before: () => null };

async function* chunksOf<Item>(items: AsyncIterable<Item>, size: number) {
  let chunk: Item[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
