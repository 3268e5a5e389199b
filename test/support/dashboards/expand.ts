/** A chosen value of a variable: one, several, or all, which stands for a regular expression of its own. */
export type Choice =
  | { readonly values: readonly string[]; readonly several: boolean }
  | { readonly all: string };

/** What the reader of a dashboard looks at. */
export interface View {
  readonly choices: Readonly<Record<string, Choice>>;
  /** Length of the time range and the step between its points, in seconds. */
  readonly rangeSeconds: number;
  readonly stepSeconds: number;
  /** Interval of the data source: how often Prometheus scrapes. */
  readonly scrapeSeconds: number;
  /**
   * How values are escaped: as Grafana does by default (`classic`, in which a double quote is not), or with its option
   * `prometheusSpecialCharsInLabelValues` on.
   */
  readonly escaping?: "classic" | "special";
}

/**
 * A query with its variables put in as Grafana's Prometheus data source does it: `$name`, `${name}`, `${name:format}`,
 * `[[name]]`; the interval variables of Grafana's own; throws where a variable is left that nobody gives a value.
 */
export function expand(text: string, view: View): string {
  const own = ownVariables(view);
  return text.replaceAll(
    /\$(\w+)|\$\{(\w+)(?::(\w+))?\}|\[\[(\w+)(?::(\w+))?\]\]/g,
    (whole, plain?: string, braced?: string, format?: string, old?: string, oldFormat?: string) => {
      const name = plain ?? braced ?? old ?? "";
      const given = own[name];
      if (given !== undefined) return given;
      // A group of a regular expression: Grafana leaves alone what is no variable.
      if (/^\d+$/.test(name)) return whole;
      const choice = view.choices[name];
      if (choice === undefined) throw new Error(`nobody gives ${whole} a value: ${text}`);
      return formatted(choice, format ?? oldFormat, view.escaping === "special");
    },
  );
}

/** `$__interval` and its kin. */
function ownVariables(view: View): Readonly<Record<string, string>> {
  const { rangeSeconds, stepSeconds, scrapeSeconds } = view;
  const rate = Math.max(stepSeconds + scrapeSeconds, 4 * scrapeSeconds);
  return {
    __interval: `${stepSeconds}s`,
    __interval_ms: String(stepSeconds * 1000),
    __rate_interval: `${rate}s`,
    __rate_interval_ms: String(rate * 1000),
    __range: `${rangeSeconds}s`,
    __range_s: String(rangeSeconds),
    __range_ms: String(rangeSeconds * 1000),
  };
}

function formatted(choice: Choice, format: string | undefined, special: boolean): string {
  // A value for "all" goes in as it was written, whatever format is asked for.
  if ("all" in choice) return choice.all;
  const { values, several } = choice;
  const plain = values.join(",");
  switch (format) {
    case undefined:
      return several ? alternatives(values, special) : exact(plain, special);
    case "raw":
    case "csv":
      return plain;
    case "regex":
      return values.length === 1 ? regular(plain) : `(${values.map(regular).join("|")})`;
    case "pipe":
      return values.join("|");
    case "doublequote":
      return values.map((value) => `"${value.replaceAll('"', String.raw`\"`)}"`).join(",");
    default:
      throw new Error(`the format ${format} is not known here`);
  }
}

/** A value of a variable that has one: what stands between the quotes of `label="$name"`. */
function exact(value: string, special: boolean): string {
  const escaped = value.replaceAll("\\", String.raw`\\`);
  if (!special) return escaped.replaceAll("'", String.raw`\\'`);
  return escaped.replaceAll('"', String.raw`\"`);
}

/** Values of a variable that may have several: what stands between the quotes of `label=~"$name"`. */
function alternatives(values: readonly string[], special: boolean): string {
  const escaped = values.map((value) => {
    const slashed = value.replaceAll("\\", String.raw`\\\\`);
    const quoted = special ? slashed.replaceAll('"', String.raw`\\\"`) : slashed;
    const marks = special ? /[$^*{}[\]'+?.()|]/g : /[$^*{}[\]+?.()|]/g;
    return quoted.replaceAll(marks, String.raw`\\$&`);
  });
  return escaped.length === 1 ? (escaped[0] ?? "") : `(${escaped.join("|")})`;
}

/** As the format `regex` escapes: once, for whoever does not stand between quotes. */
function regular(value: string): string {
  return value.replaceAll(/[\\^$*+?.()|[\]{}/]/g, String.raw`\$&`);
}
