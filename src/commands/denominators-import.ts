import { basename } from "node:path";
import { importFaultText } from "../catalogue/import-faults/index.ts";
import { faultRow } from "../catalogue/import-faults/fault-row.ts";
import { MAX_UPLOAD_BYTES } from "../coverage/read/index.ts";
import { UsageError } from "../domain/usage-error.ts";
import { type CountsOutcome, importDenominators } from "../importing/import-denominators.ts";
import { dayIn } from "../reports/zone-day.ts";
import type { CountFault } from "../store/denominator-register.ts";
import type { DatabaseCommand } from "./command.ts";
import { readInput } from "./read-input.ts";

/** Longest name of a source, as the API has it. */
const MAX_SOURCE = 200;

/** Counts that were not written and are told one by one. */
const MAX_TOLD = 20;

/**
 * Imports counts of households, people, hamlets from a table with unit codes. A refused row ends the command with 1;
 * counts that contradict the register are written with a reason or not at all.
 */
export const denominatorsImportCommand: DatabaseCommand = async (context) => {
  const { db, config, args, input, output, actor } = context;
  const text = (name: string) => (typeof args[name] === "string" ? args[name].trim() : null);
  const source = text("source") ?? "";
  if (source === "" || source.length > MAX_SOURCE || /\p{Cc}/u.test(source)) {
    throw new UsageError(`--source says who counted, in at most ${MAX_SOURCE} characters.`);
  }
  const file = {
    name: basename(String(args["file"])),
    bytes: await readInput(input, MAX_UPLOAD_BYTES),
  };
  const timezone = config.reportTimezone;
  const outcome = await importDenominators({ db, clock: Date.now, timezone }, file, {
    actor: { keyId: null, name: actor },
    source,
    sourceUrl: null,
    asOf: text("asOf") ?? "",
    reason: text("reason"),
    today: dayIn(timezone, Date.now()),
    dryRun: args["dryRun"] === true,
  });
  const lang = args["lang"] === "en" || args["lang"] === "vi" ? args["lang"] : config.lang;
  for (const fault of outcome.faults) {
    const place = [file.name, fault.sheet, fault.row, fault.column].map((part) => part ?? "");
    output.err(`${place.join(":")} ${fault.rule} ${importFaultText(fault, lang)}`);
  }
  for (const line of problemLines(outcome)) output.err(line);
  if (args["json"] === true) output.out(JSON.stringify(outcomeJson(outcome)));
  else output.err(summary(outcome));
  return outcome.refused > 0 || outcome.problem !== null ? 1 : 0;
};

function outcomeJson({ file, faults, refused, counts, written }: CountsOutcome) {
  return {
    counts: counts.length,
    added: written?.added ?? 0,
    unchanged: written?.unchanged ?? 0,
    refused,
    faults: faults.map((fault) => faultRow(file, fault)),
  };
}

function summary({ refused, counts, written }: CountsOutcome): string {
  const stored =
    written === null
      ? "nothing was written"
      : `${written.added} written, ${written.unchanged} were there already`;
  return `${counts.length} counts understood, ${refused} rows refused; ${stored}.`;
}

const WHY: Readonly<Record<CountFault["kind"], string>> = {
  unknown_unit: "no unit had this code on that day",
  unknown_kind: "there is no such kind",
  twice: "stands in the file twice",
  in_future: "is of a day to come",
  needs_reason: "differs from what is recorded: say why with --reason",
};

function problemLines({ problem, counts }: CountsOutcome): string[] {
  if (problem === null) return [];
  if (problem.kind === "not_covered") return ["These counts are not yours to write."];
  const lines = problem.faults.slice(0, MAX_TOLD).map(({ index, kind }) => {
    const count = counts[index];
    return `${count?.code ?? ""} ${count?.kind ?? ""} ${count?.value ?? ""}: ${WHY[kind]}`;
  });
  const more = problem.faults.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more.`] : lines;
}
