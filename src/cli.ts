#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Command, CommanderError, Option } from "commander";
import { addCoverageCommands } from "./cli-coverage.ts";
import { addGrafanaRole } from "./cli-grafana.ts";
import { day, url } from "./cli-values.ts";
import type { CommandFiles } from "./commands/run-database-command.ts";
import { readConfig } from "./config.ts";
import { UsageError } from "./domain/usage-error.ts";
import { VERSION } from "./version.ts";

// What a command needs is loaded when it runs: help and wrong usage answer at once. Types are stripped once and kept in
// the system's folder for temporary files, which halves the next start.
enableCompileCache();

// V8 can lose count of WebAssembly code that it frees while several threads use some, and then aborts the process; the
// embedded database and the stripping of types are WebAssembly. What is not freed is some megabytes: docs/adr/0021.
setFlagsFromString("--no-wasm-code-gc");

const ENVIRONMENT_HELP = `
Settings come from the environment (PORT, DATA_DIR, DATABASE_URL, DNS_SERVERS, …); docs/configuration.md lists them.
Exit codes: 0 done; 1 done, but something was refused or a verdict is fail; 2 wrong usage or configuration.`;

/** The program with all its commands; `finish` receives the exit code of the one that ran. */
function buildProgram(finish: (code: number) => void): Command {
  const program = new Command("hatangso")
    .description("Shows whether a country's digital infrastructure works.")
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError("(add --help for what is expected)")
    .addHelpText("after", ENVIRONMENT_HELP);
  const add = (name: string, description: string, example: string, parent = program) =>
    parent.command(name).description(description).addHelpText("after", `\nExample:\n  ${example}`);

  add("serve", "Run the service: API, prober and jobs.", "PORT=8080 npx hatangso serve").action(
    async () => (await import("./main.ts")).serve(readConfig()),
  );
  add(
    "demo",
    "Run the service against a local lab of good and broken portals; all of it made up, no network needed.",
    "npx hatangso demo",
  ).action(async () => (await import("./demo.ts")).runDemo(readConfig()));
  add(
    "probe",
    "Probe one URL now, once per address family; nothing is stored.",
    "npx hatangso probe https://example.gov.vn/ --family 6 --json",
  )
    .argument("<url>", "http or https URL", url)
    .addOption(new Option("--family <family>", "only this address family").choices(["4", "6"]))
    .option("--json", "one JSON object per family on stdout")
    .action(async (target: string, options: { family?: "4" | "6"; json?: boolean }) =>
      finish(
        await (await import("./commands/probe.ts")).probeCommand(readConfig(), target, options),
      ),
    );

  add(
    "audit",
    "Audit one URL in depth now, within 90 s: IPv6 readiness, HTTPS, and what to do; nothing is stored.",
    "npx hatangso audit https://example.gov.vn/ --lang en",
  )
    .argument("<url>", "http or https URL")
    .option("--json", "one JSON object on stdout")
    .option("--family <families>", "only these address families: 4, 6 or 4,6")
    .addOption(
      new Option("--lang <lang>", "language of the report, default by LANG").choices(["vi", "en"]),
    )
    .action(
      async (target: string, options: { json?: boolean; family?: string; lang?: "vi" | "en" }) =>
        finish(
          await (await import("./commands/audit.ts")).auditCommand(readConfig(), target, options),
        ),
    );

  const database =
    (name: string) =>
    async (args: Record<string, string | boolean | undefined>, files: CommandFiles = {}) => {
      const config = readConfig();
      const { runDatabaseCommand } = await import("./commands/run-database-command.ts");
      finish(await runDatabaseCommand(config, { name, args }, files));
    };
  const portals = program.command("portals").description("The register of portals.");
  add(
    "import <file>",
    "Add the portals of a CSV file; bad rows are reported one by one.",
    "npx hatangso portals import portals.csv",
    portals,
  ).action((file: string) => database("portals import")({ file }, { input: file }));
  addCoverageCommands(program, add, database);
  const units = program.command("units").description("Administrative units of every time.");
  add(
    "recast <file>",
    "Add the present units to a table (CSV, XLSX, ODS) keyed by codes of communes, districts or provinces of before July 2025.",
    "npx hatangso units recast schools-2024.xlsx -o schools.csv",
    units,
  )
    .option(
      "--from <date>",
      "the day that the codes are of; default what codes and names tell",
      day,
    )
    .option("--to <date>", "the day whose units are wanted, default today", day)
    .option("--column <name>", "the header of the column of codes")
    .option(
      "-o, --output <file>",
      "write CSV or, by its ending, XLSX into this file; else on stdout",
    )
    .action((file: string, options: Record<string, string>) =>
      database("units recast")(
        { ...options, file },
        { input: file, ...(options["output"] !== undefined && { output: options["output"] }) },
      ),
    );
  add("migrate", "Bring the database's schema to this version.", "npx hatangso migrate").action(
    () => database("migrate")({}),
  );
  add(
    "seed",
    "Load the provinces, communes and portals that come with the product; running it again changes nothing.",
    "npx hatangso seed",
  ).action(() => database("seed")({}));
  add("job <name>", "Run one of the jobs now, once.", "npx hatangso job rollup")
    .option("--ruleset <version>", "rejudge: the rule set to judge stored audits by")
    .option(
      "--since <date>",
      "rejudge, replay: from the beginning of this day on, e.g. 2026-11-01; replay: or this instant",
    )
    .option(
      "--until <date>",
      "replay: up to the beginning of this day or this instant, default now",
    )
    .option("--policy <file>", "replay: thresholds to try, see docs/incidents.md", (file) =>
      resolve(file),
    )
    .option("--portal <portal>", "replay: only this portal (its id in the API)")
    .option("--json", "replay: print one JSON object")
    .option("--all", "rejudge: also what carries this rule set already")
    .option("--month <month>", "digest: that of this month, e.g. 2026-10; default the last one")
    .option(
      "--dry-run <folder>",
      "digest, reminders: write the files here and send nothing",
      (folder) => resolve(folder),
    )
    .action((job: string, options: Record<string, string | boolean>) =>
      database("job")({ ...options, job }),
    );
  const notify = program
    .command("notify")
    .description("Messages about incidents: docs/notifications.md.");
  add(
    "test <channel>",
    "Send a test message through one of the channels of NOTIFY_FILE and say how it ended.",
    "npx hatangso notify test duty-mail",
    notify,
  ).action((channel: string) => database("notify test")({ channel }));
  add(
    "check",
    "Read NOTIFY_FILE with all that it refers to, and say who is told of what.",
    "NOTIFY_FILE=notify.json npx hatangso notify check",
    notify,
  ).action(async () =>
    finish((await import("./commands/notify-check.ts")).notifyCheckCommand(readConfig())),
  );
  const keys = program.command("keys").description("Keys for the API.");
  add(
    "create",
    "Make an API key and print it, once.",
    "npx hatangso keys create --role operator --province 01",
    keys,
  )
    .addOption(
      new Option("--role <role>", "what it may do")
        .choices(["reader", "operator", "admin"])
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--agency <agency>", "limit it to this agency (its id in the API)").conflicts(
        "province",
      ),
    )
    .option("--province <code>", "limit it to this province")
    .option("--label <text>", "what it is for")
    .action((options: Record<string, string>) => database("keys create")(options));
  const report = program.command("report").description("Reports as files.");
  add(
    "compliance",
    "Write the compliance list: portals with IPv6 level, HTTPS grade, findings and legal basis.",
    "npx hatangso report compliance --agency province-01 -o report.xlsx",
    report,
  )
    .option("--agency <agency>", "only this agency (its id in the API)")
    .addOption(
      new Option("--format <format>", "default by the ending of the output file, else csv").choices(
        ["csv", "xlsx", "html", "json"],
      ),
    )
    .addOption(
      new Option("--lang <lang>", "language of the words").choices(["vi", "en"]).default("vi"),
    )
    .option("-o, --output <file>", "write into this file, whole or not at all; else on stdout")
    .option("--as-of <date>", "as it was at the end of this day, YYYY-MM-DD", day)
    .action((options: Record<string, string>) =>
      database("report compliance")(
        options,
        options["output"] === undefined ? {} : { output: options["output"] },
      ),
    );
  addGrafanaRole(add, database);
  add(
    "backup <file>",
    "Write everything that the database holds into one file.",
    "npx hatangso backup hatangso.backup",
  ).action((file: string) => database("backup")({ file }, { output: file }));
  add(
    "restore <file>",
    "Load a backup into an empty database of either kind; the service must not be running.",
    "npx hatangso restore hatangso.backup",
  )
    .option("--replace", "throw away what the database holds now")
    .action((file: string, options: { replace?: boolean }) =>
      database("restore")({ file, replace: options.replace }, { input: file }),
    );
  return program;
}

/** Runs the command line to its exit code: UsageError is one line on stderr and 2. */
async function run(argv: string[]): Promise<void> {
  try {
    await buildProgram((code) => {
      process.exitCode = code;
    }).parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof UsageError) {
      process.stderr.write(`hatangso: ${error.message}\n`);
      process.exitCode = 2;
    } else throw error;
  }
}

// A reader that has seen enough (`| head`) is no fault, and a service outlives the collector of its log.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

await run(process.argv);
