/** Values of variables by name, and the ends of the time range, milliseconds since the epoch. */
export interface SqlView {
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly from: number;
  readonly to: number;
}

/**
 * A query with variables and macros put in as Grafana does it: first variables, in its page, then macros, in its
 * PostgreSQL plugin, whose arguments end at the first closing parenthesis. Throws where anything is left.
 */
export function expandSql(text: string, { values, from, to }: SqlView): string {
  const given = text.replaceAll(/\$\{(\w+):sqlstring\}/g, (whole, name: string) => {
    const chosen = values[name];
    if (chosen === undefined) throw new Error(`nobody gives ${whole} a value: ${text}`);
    // A variable without values is empty.
    if (chosen.length === 0) return "''";
    return chosen.map((value) => `'${value.replaceAll("'", "''")}'`).join(",");
  });
  const [begin, end] = [from, to].map((at) => `'${new Date(at).toISOString()}'`);
  const expanded = given.replaceAll(
    /\$__(\w+)\(([^)]*)\)/g,
    (whole, name: string, argument: string) => {
      if (name === "timeFilter") return `${argument} BETWEEN ${begin} AND ${end}`;
      if (name === "timeFrom") return begin ?? "";
      if (name === "timeTo") return end ?? "";
      throw new Error(`the macro ${whole} is not known here`);
    },
  );
  if (expanded.includes("$")) throw new Error(`something is left to be put in: ${expanded}`);
  return expanded;
}
