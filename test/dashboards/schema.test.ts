import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { allBoards, panelsOf, prometheusBoards } from "../support/dashboards/boards.ts";

/** JSON Schemas of Grafana's dashboard model, as grafana-foundation-sdk publishes them; they are not in this repository. */
const FOLDER =
  process.env["GRAFANA_SCHEMAS"] ??
  fileURLToPath(new URL("../../../shared/data/grafana", import.meta.url));

const absent = !existsSync(`${FOLDER}/dashboard.schema.json`);
if (absent)
  console.warn(
    "Not checked against Grafana's JSON Schemas: GRAFANA_SCHEMAS names no folder of them",
  );

/** What Grafana's types call "any" was published as "an object with any properties": here it stands for any value. */
function orAnything(_key: string, schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  const { description: _, ...rest } = schema as { description?: string; oneOf?: unknown[] };
  if (isDeepStrictEqual(rest, { type: "object", additionalProperties: {} })) return {};
  const { oneOf, ...others } = rest;
  // Where one of several is anything, another one may fit too.
  const open = oneOf?.some((each) => isDeepStrictEqual(each, {})) === true;
  return open ? { ...others, anyOf: oneOf } : schema;
}

/** Faults of a value, as `path what`. */
function validator(file: string, definition?: string): (value: unknown) => string[] {
  const schema = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8"), orAnything) as object;
  const asked = definition === undefined ? {} : { $ref: `#/definitions/${definition}` };
  const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile({
    ...schema,
    ...asked,
  });
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath, message, JSON.stringify(params)].join(" "),
    );
  };
}

/** What the importing page wants and the model does not have. */
function withoutImport(board: object): object {
  return Object.fromEntries(
    Object.entries(board).filter(([key]) => key !== "__inputs" && key !== "__requires"),
  );
}

test.skipIf(absent).each(allBoards())("$path is a dashboard of Grafana's model", ({ board }) => {
  expect(validator("dashboard.schema.json")(withoutImport(board))).toEqual([]);
});

test.skipIf(absent)("every query of Prometheus is one of its data source", () => {
  const faults = validator("prometheus.schema.json");
  for (const { path, board } of prometheusBoards())
    for (const target of panelsOf(board).flatMap(({ targets = [] }) => targets))
      expect([path, target.refId, faults(target)]).toEqual([path, target.refId, []]);
});

test.skipIf(absent)("every map has options that a map has", () => {
  const faults = validator("geomap.schema.json", "Options");
  for (const { path, board } of prometheusBoards())
    for (const { id, options } of panelsOf(board).filter(({ type }) => type === "geomap"))
      expect([path, id, faults(options)]).toEqual([path, id, []]);
});

test.skipIf(absent)("a misspelt setting is caught", () => {
  const [first] = allBoards();
  const faults = validator("dashboard.schema.json")({
    ...withoutImport(first?.board ?? {}),
    refreshh: "1m",
  });
  expect(faults).toEqual([expect.stringContaining("refreshh")]);
});
