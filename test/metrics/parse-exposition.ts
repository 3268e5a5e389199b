/** One sample of the text format, labels unescaped. */
export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What the text format says, read back strictly: throws on any line that is none of its three kinds. */
export function parseExposition(text: string): {
  samples: ParsedSample[];
  types: Map<string, string>;
} {
  if (text !== "" && !text.endsWith("\n")) throw new Error("the last line does not end");
  const samples: ParsedSample[] = [];
  const types = new Map<string, string>();
  for (const line of text.split("\n").slice(0, -1)) {
    const type = /^# TYPE (\S+) (gauge|counter|histogram|summary)$/.exec(line);
    if (type?.[1] && types.has(type[1])) throw new Error(`two TYPE lines of ${type[1]}`);
    if (type?.[1] && type[2]) types.set(type[1], type[2]);
    else if (!line.startsWith("#") && line !== "") samples.push(parseSample(line));
  }
  return { samples, types };
}

function parseSample(line: string): ParsedSample {
  const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/s.exec(line);
  if (!match?.[1] || !match[3]) throw new Error(`not a sample: ${line}`);
  return { name: match[1], labels: parseLabels(match[2] ?? ""), value: toNumber(match[3]) };
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  const one = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"(?:,|$)/gsy;
  while (one.lastIndex < text.length) {
    const match = one.exec(text);
    if (!match?.[1]) throw new Error(`not labels: ${text}`);
    labels[match[1]] = (match[2] ?? "").replaceAll(/\\(.)/gs, (_, char: string) =>
      char === "n" ? "\n" : char,
    );
  }
  return labels;
}

function toNumber(text: string): number {
  // prom-client writes Nan for a mean of nothing; Go's ParseFloat takes it in any case of letters.
  const special = { "+Inf": Infinity, "-Inf": -Infinity, Nan: Number.NaN }[text];
  const value = special ?? Number(text);
  if (special === undefined && Number.isNaN(value)) throw new Error(`not a number: ${text}`);
  return value;
}
