import type { ImportFault } from "../../domain/coverage/import-fault.ts";
import { done, refused, type Result } from "../../domain/result.ts";
import type { ReadFile, UploadedFile } from "../contract.ts";
import { kindOf } from "./kind.ts";
import { MAX_UPLOAD_BYTES } from "./limits.ts";
import { notATable, wrongEnding } from "./names.ts";
import { isOds, openOds } from "./ods/open.ts";
import { Refusal, unsafe } from "./refusal.ts";
import { SampleTaker } from "./sample.ts";
import { garbled } from "./text/garbled.ts";
import { openText } from "./text/open.ts";
import { refuseDangers, refuseOtherPackages } from "./xlsx/inspect.ts";
import { openSheets } from "./xlsx/open.ts";
import { openWorkbook } from "./xlsx/workbook.ts";
import { openArchive } from "./zip.ts";

export { MAX_UPLOAD_BYTES } from "./limits.ts";

/**
 * A table that somebody sent, by its content whatever its name says, or why it can't be taken: too large, dangerous,
 * damaged, no table, unreadable letters. Every part is gone through once within fixed bounds of time and memory
 * before this answers, so taking rows afterwards meets nothing new.
 */
export async function openTable(
  file: UploadedFile,
): Promise<Result<ReadFile, readonly ImportFault[]>> {
  try {
    const read = await open(file);
    const rejected = read.faults.some(({ severity }) => severity === "reject_file");
    return rejected ? refused(read.faults) : done(read);
  } catch (cause) {
    if (cause instanceof Refusal) return refused([cause.fault]);
    throw new Error(`reading ${file.name} failed`, { cause });
  }
}

async function open({ name, bytes }: UploadedFile): Promise<ReadFile> {
  if (bytes.length > MAX_UPLOAD_BYTES) {
    throw unsafe("too_large", {
      mebibytes: Math.ceil(bytes.length / 1024 / 1024),
      limit: MAX_UPLOAD_BYTES / 1024 / 1024,
    });
  }
  const kind = kindOf(bytes);
  if (kind === "archive") return openPackage(name, bytes);
  if (kind !== "text") throw notATable(kind);
  const wrong = wrongEnding(name, "csv");
  if (wrong) throw wrong;
  return nonEmpty(await openText(name, bytes));
}

async function openPackage(name: string, bytes: Uint8Array): Promise<ReadFile> {
  const archive = openArchive(bytes);
  await refuseDangers(archive);
  const sample = new SampleTaker();
  const ods = isOds(archive);
  const workbook = ods ? null : await openWorkbook(archive);
  if (!ods && !workbook) throw refuseOtherPackages(archive);
  const format = ods ? "ods" : "xlsx";
  const wrong = wrongEnding(name, format);
  if (wrong) throw wrong;
  const opened = workbook
    ? await openSheets(archive, workbook, sample)
    : await openOds(archive, sample);
  const spelled = garbled(sample.text);
  const faults = spelled ? [...opened.faults, spelled] : opened.faults;
  return nonEmpty({ name, format, encoding: null, sheets: opened.sheets, faults });
}

/** A file with nothing to read is refused; that all its sheets are hidden is told with it. */
async function nonEmpty(read: ReadFile): Promise<ReadFile> {
  for (const sheet of read.sheets) {
    for await (const _ of sheet.rows()) return read;
  }
  return { ...read, faults: [...read.faults, unsafe("empty_file").fault] };
}
