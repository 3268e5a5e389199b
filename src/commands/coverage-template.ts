import { UsageError } from "../domain/usage-error.ts";
import { makeTemplate } from "../importing/province-template.ts";
import { askedFor } from "../reports/coverage-rounds/rounds.ts";
import { seedIfEmpty } from "../../seeds/seed.ts";
import type { DatabaseCommand } from "./command.ts";

/** Writes the spreadsheet that a province fills in for a day. */
export const coverageTemplateCommand: DatabaseCommand = async ({ db, args, output }) => {
  const province = String(args["province"]);
  const asOf = String(args["asOf"]);
  await seedIfEmpty(db);
  const named = args["indicators"];
  const indicators = typeof named === "string" ? named.split(",") : await askedFor(db, asOf);
  const made = await makeTemplate(db, { province, asOf, indicators });
  if (!made.ok) {
    const { problem } = made;
    throw new UsageError(
      problem.kind === "no_province"
        ? `There was no province ${province} on ${asOf}.`
        : `Communes are not asked for ${problem.codes.join(", ")}. Indicators: ${problem.indicators.join(", ")}.`,
    );
  }
  await output.data(made.value.bytes);
  output.err(`The template of ${province} for ${asOf} is written.`);
  return 0;
};
