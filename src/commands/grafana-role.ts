import { text } from "node:stream/consumers";
import { UsageError } from "../domain/usage-error.ts";
import { GRAFANA_ROLE, grafanaRoleStatements, makeGrafanaRole } from "../store/grafana-role.ts";
import { scramVerifier } from "../store/scram.ts";
import type { CommandContext, DatabaseCommand } from "./command.ts";

/** Prints, or with `run` runs, what makes the role that dashboards read the database by. The password is never shown. */
export const grafanaRoleCommand: DatabaseCommand = async (context) => {
  const { db, config, args, output } = context;
  if (config.databaseUrl === null) {
    throw new UsageError(
      "Nobody can connect to the embedded database; the dashboards that ask it need PostgreSQL: set DATABASE_URL.",
    );
  }
  const verifier =
    args["passwordFile"] === undefined ? null : scramVerifier(await password(context));
  const role = { timezone: config.reportTimezone, verifier };
  if (args["run"] !== true) {
    output.out("begin;");
    for (const statement of grafanaRoleStatements(role)) output.out(`${statement};`);
    output.out("commit;");
    output.err("Run this with psql, in the service's database, as a superuser.");
    return 0;
  }
  await makeGrafanaRole(db, role);
  output.err(
    `The role ${GRAFANA_ROLE} may read the schema grafana.${verifier === null ? "" : " Its password is set."}`,
  );
  return 0;
};

/** The file's first line. */
async function password({ input }: CommandContext): Promise<string> {
  return (await text(input)).replace(/\r?\n[^]*$/, "");
}
