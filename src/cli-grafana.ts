import type { AddCommand, DatabaseAction } from "./cli-coverage.ts";

/** Adds `grafana-role`. */
export function addGrafanaRole(add: AddCommand, database: DatabaseAction): void {
  add(
    "grafana-role",
    'Print the SQL of the role that Grafana reads the schema "grafana" by, and nothing else: docs/grafana-sql.md.',
    "npx hatangso grafana-role --run --password-file grafana-password",
  )
    .option("--run", "run it instead, with the rights of DATABASE_URL")
    .option("--password-file <file>", "let the role sign in with the password on its first line")
    .action((options: { run?: boolean; passwordFile?: string }) =>
      database("grafana-role")(
        options,
        options.passwordFile === undefined ? {} : { input: options.passwordFile },
      ),
    );
}
