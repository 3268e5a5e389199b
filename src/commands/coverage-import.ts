import { basename } from "node:path";
import { FAULT_COLUMNS } from "../catalogue/import-faults/fault-row.ts";
import type { Lang } from "../catalogue/text.ts";
import { MAX_UPLOAD_BYTES } from "../coverage/read/index.ts";
import type { Basis } from "../domain/coverage/figure.ts";
import { UsageError } from "../domain/usage-error.ts";
import { annotate } from "../importing/annotated.ts";
import { importCoverage } from "../importing/import-coverage.ts";
import { DEFAULT_SOURCE, type ImportOptions } from "../importing/import-options.ts";
import type { ImportOutcome, ImportProblem } from "../importing/import-outcome.ts";
import { outcomeJson } from "../importing/outcome-json.ts";
import { toCsv } from "../reports/csv.ts";
import type { CommandContext, DatabaseCommand } from "./command.ts";
import { importText, progressText } from "./coverage-import-text.ts";
import { readInput } from "./read-input.ts";

/**
 * Imports a file with coverage figures; each fault is told as file:sheet:row:column rule message, and a refused row ends
 * the command with 1.
 */
export const coverageImportCommand: DatabaseCommand = async (context) => {
  const { db, config, args, input, output, service } = context;
  const file = {
    name: basename(String(args["file"])),
    bytes: await readInput(input, MAX_UPLOAD_BYTES),
  };
  const lang = args["lang"] === "en" || args["lang"] === "vi" ? args["lang"] : config.lang;
  const units = service?.units;
  const deps = { db, clock: Date.now, timezone: config.reportTimezone, ...(units && { units }) };
  const imported = await importCoverage(deps, file, optionsOf(context, lang));
  if (!imported.ok) throw new UsageError(problemText(imported.problem));
  const outcome = imported.value;
  if (outcome.figures > 0) service?.coverageChanged();
  const json = outcomeJson(outcome);
  if (args["json"] === true) output.out(JSON.stringify(json));
  for (const line of importText(outcome, lang, args["json"] !== true)) output.err(line);
  if (typeof args["faults"] === "string") {
    for await (const chunk of toCsv(FAULT_COLUMNS, eachOf(json.faults))) {
      await output.data(chunk, "faults");
    }
  }
  if (typeof args["annotated"] === "string") {
    const { faults, ...counts } = outcome;
    await output.data(await annotate({ file, faults, counts }), "annotated");
  }
  return exitCode(outcome);
};

function exitCode({ refused, outcome }: ImportOutcome) {
  return refused > 0 || outcome === "refused" ? 1 : 0;
}

function optionsOf({ args, actor, output }: CommandContext, lang: Lang): ImportOptions {
  const text = (name: string) => (typeof args[name] === "string" ? args[name] : null);
  return {
    via: "command",
    actor: { keyId: null, name: actor },
    source: text("source") ?? DEFAULT_SOURCE,
    asOf: text("asOf"),
    unitsDay: text("units"),
    basis: text("basis") as Basis | null,
    operator: text("operator") ?? "all",
    reason: text("reason"),
    onlyProvince: null,
    dryRun: args["dryRun"] === true,
    allOrNothing: args["allOrNothing"] === true,
    onProgress: (step, rows) => output.err(progressText(step, rows, lang)),
  };
}

function problemText(problem: ImportProblem): string {
  switch (problem.kind) {
    case "unknown_source":
      return `There is no such source. Sources: province-01 and so on for every province, ${problem.known.join(", ")}.`;
    case "unknown_operator":
      return `There is no such operator. Operators: ${["all", ...problem.known].join(", ")}.`;
    case "busy":
      return "Others are writing figures of the same units. Nothing was stored; try again.";
  }
}

async function* eachOf<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
