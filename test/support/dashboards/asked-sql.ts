import { sql } from "kysely";
import type { Database } from "../../../src/store/database.ts";
import { allBoards, type BoardFile, panelsOf, queryOf, type VariableJson } from "./boards.ts";
import { expandSql } from "./expand-sql.ts";

/** A query of a panel as Grafana sends it. */
export interface Asked {
  /** The dashboard's file and the panel. */
  readonly place: string;
  /** `table` or `time_series`. */
  readonly format: string;
  readonly text: string;
}

/** The dashboards that ask PostgreSQL, in both languages. */
export function sqlBoards(): BoardFile[] {
  return allBoards().filter(({ path }) => path.startsWith("grafana/dashboards-sql/"));
}

/** Every query of a dashboard, with the values that its variables have in this database; times from 2020 to 2040. */
export async function askedOf(db: Database, { path, board }: BoardFile): Promise<Asked[]> {
  const values: Record<string, string[]> = {};
  for (const variable of board.templating.list) {
    if (variable.type !== "query" || variable.datasource?.uid !== "${sql}") continue;
    values[variable.name] = await valuesOf(db, variable);
  }
  const view = { values, from: Date.parse("2020-01-01"), to: Date.parse("2040-01-01") };
  return panelsOf(board).flatMap(({ title, targets = [] }) =>
    targets.map(({ rawSql = "", format = "" }) => ({
      place: `${path} ${title}`,
      format,
      text: expandSql(rawSql, view),
    })),
  );
}

/** All values of a variable that may have several, else the first. */
async function valuesOf(db: Database, variable: VariableJson): Promise<string[]> {
  const { rows } = await sql.raw<{ __value: string }>(queryOf(variable)).execute(db);
  const values = rows.map((row) => row.__value);
  return variable.multi === true ? values : values.slice(0, 1);
}
