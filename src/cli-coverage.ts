import { type Command, Option } from "commander";
import { day } from "./cli-values.ts";
import type { CommandFiles } from "./commands/run-database-command.ts";
import { BASES } from "./domain/coverage/figure.ts";

/** Adds a command with its description and an example to a parent. */
export type AddCommand = (
  name: string,
  description: string,
  example: string,
  parent?: Command,
) => Command;

/** Makes the action of a command that needs the database. */
export type DatabaseAction = (
  name: string,
) => (args: Record<string, string | boolean | undefined>, files?: CommandFiles) => Promise<void>;

/** Adds `coverage import`, `coverage template` and `coverage denominators import`. */
export function addCoverageCommands(
  program: Command,
  add: AddCommand,
  database: DatabaseAction,
): void {
  const coverage = program.command("coverage").description("The register of coverage figures.");
  addImport(coverage, add, database);
  addTemplate(coverage, add, database);
  addDenominators(coverage, add, database);
}

const language = () =>
  new Option("--lang <lang>", "language of the messages, default by LANG").choices(["vi", "en"]);

function addImport(coverage: Command, add: AddCommand, database: DatabaseAction): void {
  add(
    "import <file>",
    "Import a spreadsheet (CSV, XLSX, ODS) with coverage figures; faults are reported one by one.",
    "npx hatangso coverage import ha-noi.xlsx --source province-01 --as-of 2026-09-30 --dry-run",
    coverage,
  )
    .option("--source <code>", "who stands behind the figures, e.g. province-01")
    .option("--as-of <date>", "the day that they are true of, for rows that don't say", day)
    .option("--units <date>", "the day whose codes and names the file uses, e.g. 2025-06-30", day)
    .addOption(
      new Option(
        "--basis <basis>",
        "how they came about, for rows that don't say; if nobody does: reported, of a province, ministry or operator",
      ).choices(BASES),
    )
    .option("--operator <operator>", "whose network they are of, for rows that don't say")
    .option("--reason <text>", "why figures that are there are corrected")
    .option("--dry-run", "judge everything and store nothing")
    .option("--all-or-nothing", "store nothing if any row is refused or held")
    .option("--json", "the outcome as one JSON object on stdout")
    .option("--faults <file>", "write the faults as CSV into this file")
    .option("--annotated <file>", "write a copy with the faulty cells marked into this XLSX file")
    .addOption(language())
    .action((file: string, options: Record<string, string | boolean>) => {
      const { faults, annotated } = options;
      const outputs = {
        ...(typeof faults === "string" && { faults }),
        ...(typeof annotated === "string" && { annotated }),
      };
      return database("coverage import")({ ...options, file }, { input: file, outputs });
    });
}

function addTemplate(coverage: Command, add: AddCommand, database: DatabaseAction): void {
  add(
    "template",
    "Write the spreadsheet that a province fills in: its communes, headers, lists and known counts.",
    "npx hatangso coverage template --province 01 --as-of 2026-09-30 -o ha-noi.xlsx",
    coverage,
  )
    .requiredOption("--province <code>", "of the day, e.g. 01")
    .requiredOption("--as-of <date>", "the day that the figures shall be true of", day)
    .option(
      "--indicators <codes>",
      "what is asked for, e.g. fibre_hh_passed,pop_4g; default the round's, or all",
    )
    .option("-o, --output <file>", "default coverage-PROVINCE-DATE.xlsx in this folder")
    .action((options: { province: string; asOf: string; output?: string }) => {
      const output = options.output ?? `coverage-${options.province}-${options.asOf}.xlsx`;
      return database("coverage template")({ ...options, output }, { output });
    });
}

function addDenominators(coverage: Command, add: AddCommand, database: DatabaseAction): void {
  const denominators = coverage
    .command("denominators")
    .description("How many households, people, hamlets units have.");
  add(
    "import <file>",
    "Import counts from a table (CSV, XLSX, ODS) with a column of codes; faults are reported one by one.",
    "npx hatangso coverage denominators import ho.xlsx --source 'Cục Thống kê' --as-of 2026-04-01",
    denominators,
  )
    .requiredOption("--source <text>", "who counted; counts of different origin are never mixed")
    .requiredOption("--as-of <date>", "the day that the counts are true of", day)
    .option("--reason <text>", "why counts that are there are corrected")
    .option("--dry-run", "read everything and store nothing")
    .option("--json", "the outcome as one JSON object on stdout")
    .addOption(language())
    .action((file: string, options: Record<string, string | boolean>) =>
      database("coverage denominators import")({ ...options, file }, { input: file }),
    );
}
