import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { everyMetric } from "./everything.ts";
import { parseExposition } from "./parse-exposition.ts";

/** Metric, type, labels in alphabetical order. */
type Line = string;

let exposed: Record<string, Line[]>;
let written: Record<string, Line[]>;
beforeAll(async () => {
  exposed = Object.fromEntries(
    Object.entries(await everyMetric()).map(([path, text]) => [path, linesOf(text)]),
  );
  const page = await readFile(new URL("../../docs/metrics.md", import.meta.url), "utf8");
  written = Object.fromEntries(page.split(/^## /m).slice(1).map(rowsOf));
});

/** Those of the client library differ from platform to platform and from instant to instant. */
const isOfTheProcess = (line: Line) => /^(process|nodejs)_/.test(line);

describe.each(["/metrics", "/metrics/portals", "/metrics/coverage"])("docs/metrics.md", (path) => {
  test(`has each metric of ${path} with its type and labels, and no other`, () => {
    const ours = (lines: Line[] = []) => lines.filter((line) => !isOfTheProcess(line)).toSorted();
    expect(ours(written[path])).toEqual(ours(exposed[path]));
    expect(ours(exposed[path]).length).toBeGreaterThan(5);
  });
});

test("docs/metrics.md has every metric of the process", () => {
  const names = (lines: Line[] = []) =>
    lines.filter(isOfTheProcess).map((line) => line.split(" ")[0]);
  expect(names(written["/metrics"])).toEqual(expect.arrayContaining(names(exposed["/metrics"])));
});

/** What a text exposes; throws for a metric of ours without a sample, whose labels could not be told. */
function linesOf(text: string): Line[] {
  const { samples, types } = parseExposition(text);
  return [...types].map(([name, type]) => {
    const parts = type === "histogram" ? ["_bucket", "_sum", "_count"] : [""];
    const names = new Set(parts.map((part) => name + part));
    const own = samples.filter((sample) => names.has(sample.name));
    if (own.length === 0 && !isOfTheProcess(name)) throw new Error(`no sample of ${name}`);
    const labels = new Set(own.flatMap((sample) => Object.keys(sample.labels)));
    labels.delete("le");
    return line(name, type, [...labels]);
  });
}

/** What the tables of one endpoint say. */
function rowsOf(section: string): [path: string, lines: Line[]] {
  const path = /^`([^`]+)`/.exec(section)?.[1] ?? "";
  const rows = section.split("\n").flatMap((text) => {
    const [, name = "", type = "", labels = ""] = text.split("|").map((cell) => cell.trim());
    const known = /^`([a-z][a-z0-9_]*)`$/.exec(name)?.[1];
    if (known === undefined) return [];
    return [
      line(
        known,
        type,
        [...labels.matchAll(/`([a-z_]+)`/g)].map(([, each = ""]) => each),
      ),
    ];
  });
  return [path, rows];
}

function line(name: string, type: string, labels: readonly string[]): Line {
  return [name, type, ...labels.toSorted()].join(" ");
}
