import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { PLACES, RULES } from "./support/architecture/hatangso.ts";
import { type Rules, unitOf, violations } from "./support/architecture/rules.ts";
import { COMPUTED, parseSource, readSources } from "./support/architecture/source.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

describe("the project", () => {
  test("keeps its layers, doors and ceilings", async () => {
    const files = await readSources(root, PLACES);
    expect(files.length).toBeGreaterThan(10);
    expect(violations(files, RULES)).toEqual([]);
  });
});

const importsOf = (text: string) => parseSource("src/a/b.ts", text).imports;

describe("reading a file", () => {
  test.each([
    ['import { x } from "../c/d.ts";', { kind: "static", to: "src/c/d.ts" }],
    ['import "./side.ts";', { kind: "static", to: "src/a/side.ts" }],
    ['import type { X } from "./t.ts";', { kind: "type", to: "src/a/t.ts" }],
    ['import { type X } from "./t.ts";', { kind: "type", to: "src/a/t.ts" }],
    ['import { type X, y } from "./t.ts";', { kind: "static", to: "src/a/t.ts" }],
    ['export * from "./e.ts";', { kind: "static", to: "src/a/e.ts" }],
    ['export type { X } from "./e.ts";', { kind: "type", to: "src/a/e.ts" }],
    ['const m = await import("./late.ts");', { kind: "dynamic", to: "src/a/late.ts" }],
    ["const m = await import(name);", { kind: "dynamic", to: COMPUTED }],
    ['new Worker(new URL("./w.ts", import.meta.url));', { kind: "thread", to: "src/a/w.ts" }],
    ['import { z } from "zod";', { kind: "static", to: "zod" }],
  ])("%s is seen as what it is", (text, seen) => {
    expect(importsOf(text)).toEqual([seen]);
  });

  test("names in comments and strings are no imports", () => {
    expect(importsOf('// import "./x.ts";\nconst s = `import "./y.ts"`;\nexport { s };')).toEqual(
      [],
    );
  });

  test("a read of the environment is seen in any form, and lines are counted", () => {
    const file = parseSource("src/a.ts", "const { HOME } = process.env;\n\nexport { HOME };\n");
    expect(file).toMatchObject({ readsEnvironment: true, lines: 3 });
    expect(parseSource("src/a.ts", "export const env = 1;").readsEnvironment).toBe(false);
  });

  test("a file that does not parse is an error, not an empty file", () => {
    expect(() => parseSource("src/a.ts", "import from from;")).toThrow("src/a.ts does not parse");
  });
});

describe("the rules bite", () => {
  const rules: Rules = {
    layers: { top: ["middle"], middle: ["pure"], beside: ["pure"], pure: [], lab: [], test: [] },
    ownUnits: { "src/middle/shape.ts": "pure" },
    doors: { kysely: ["middle"], pg: ["src/middle/door.ts"] },
    free: ["test"],
    pure: ["pure"],
    lazy: { lab: "src/top/demo.ts" },
    environment: "src/top/config.ts",
    computedImports: ["src/middle/plugins.ts"],
    maxLines: { code: 3, free: 4 },
    longFiles: {},
  };
  const judge = (files: Record<string, string>, changed: Partial<Rules> = {}) =>
    violations(
      Object.entries(files).map(([path, text]) => parseSource(path, text)),
      { ...rules, ...changed },
    );
  const middle = 'export { p } from "../pure/p.ts";';

  test("imports that go down, at once or over a layer, are fine", () => {
    const top = 'import "../middle/m.ts"; import type { P } from "../pure/p.ts";';
    expect(judge({ "src/top/t.ts": top, "src/middle/m.ts": middle })).toEqual([]);
  });

  test.each([
    ["upwards", "src/middle/m.ts", 'import "../top/t.ts";', "middle may not import top"],
    ["sideways", "src/beside/b.ts", 'import "../middle/m.ts";', "beside may not import middle"],
    ["as a type", "src/middle/m.ts", 'import type { T } from "../top/t.ts";', "may not import top"],
    ["as a thread", "src/pure/p.ts", 'new URL("../top/t.ts", import.meta.url);', "not import top"],
    ["a package into a pure unit", "src/pure/p.ts", 'import "zod";', "imports nothing, yet"],
    ["Node into a pure unit", "src/pure/p.ts", 'import "node:fs";', "imports nothing, yet"],
    ["past a door", "src/beside/b.ts", 'import "kysely/migration";', "kysely is used only in"],
    [
      "past a door of one file",
      "src/middle/m.ts",
      'import "pg";',
      "used only in src/middle/door.ts",
    ],
    ["the lab from elsewhere", "src/top/t.ts", 'import("../../lab/l.ts");', "only src/top/demo.ts"],
    ["the lab at once", "src/top/demo.ts", 'import "../../lab/l.ts";', "with import() only"],
    ["a computed name", "src/top/t.ts", "import(name);", "cannot be read here"],
    ["the environment", "src/top/t.ts", "console.log(process.env.HOME);", "reads process.env"],
    ["too long", "src/top/t.ts", "1;\n2;\n3;\n4;", "4 lines, the ceiling is 3"],
    ["an unknown folder", "src/utils/u.ts", "export {};", "utils: no layer is named for it"],
  ])("%s is refused", (_, path, text, complaint) => {
    const found = judge({ [path]: text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(complaint);
  });

  test("a circle is named, also one of types, and only once", () => {
    const found = judge({
      "src/top/a.ts": 'import "./b.ts";',
      "src/top/b.ts": 'import type { C } from "./c.ts";',
      "src/top/c.ts": 'import "./a.ts";',
    });
    expect(found).toEqual(["circle: src/top/a.ts → src/top/b.ts → src/top/c.ts → src/top/a.ts"]);
  });

  test("what the table allows by name passes", () => {
    const files = {
      "src/middle/door.ts": 'import "pg";',
      "src/middle/plugins.ts": "import(name);",
      "src/top/config.ts": "export const home = process.env.HOME;",
      "src/top/demo.ts": 'await import("../../lab/l.ts");',
      "src/beside/b.ts": 'import type { S } from "../middle/shape.ts";',
      "test/t.ts": 'import "pg"; import "../src/top/t.ts";\n\n\nprocess.env.X;',
    };
    expect(judge(files)).toEqual([]);
  });

  test("an exception for a long file must be needed", () => {
    const longFiles = { "src/top/t.ts": "why" };
    expect(judge({ "src/top/t.ts": "1;" }, { longFiles })).toEqual([
      "src/top/t.ts: is named as a long file but is none",
    ]);
    expect(judge({ "src/top/t.ts": "1;\n2;\n3;\n4;" }, { longFiles })).toEqual([]);
  });

  test("a unit is a folder of src, a file at its top, or a top folder", () => {
    expect(unitOf("src/probes/deep/x.ts", rules)).toBe("probes");
    expect(unitOf("src/cli.ts", rules)).toBe("cli");
    expect(unitOf("jobs/roll-up.ts", rules)).toBe("jobs");
  });
});
