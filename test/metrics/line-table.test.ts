import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LineGroup } from "../../src/metrics/blocks.ts";
import { LineTable, type Slot } from "../../src/metrics/line-table.ts";

const FAMILIES = ["a", "b", "c"].map((name) => ({ name, type: "gauge", help: name }) as const);

/** What a group holds, per family. */
function read({ families, lines }: LineGroup): string[] {
  return families.map((_, family) => Buffer.concat(lines(family)).toString());
}

const texts = fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), {
  minLength: FAMILIES.length,
  maxLength: FAMILIES.length,
});
/** More slots than a page has, chosen among few pages' edges too. */
const step = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), texts }),
  fc.record({ kind: fc.constant("set" as const), which: fc.nat(), texts }),
  fc.record({ kind: fc.constant("remove" as const), which: fc.nat() }),
  fc.record({ kind: fc.constant("snapshot" as const) }),
  fc.record({ kind: fc.constant("release" as const), which: fc.nat() }),
);

/** What a table should hold: texts by slot, in the order of slots. */
function plainly(rows: ReadonlyMap<Slot, readonly string[]>): string[] {
  const sorted = [...rows].toSorted(([one], [other]) => one - other);
  return FAMILIES.map((_, family) => sorted.map(([, each]) => each[family] ?? "").join(""));
}

describe("a table of lines", () => {
  test("holds what was put in, and a snapshot what it held then, whatever comes after", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 130 }),
        fc.array(step, { maxLength: 80 }),
        (before, steps) => {
          const table = new LineTable(FAMILIES);
          const rows = new Map<Slot, readonly string[]>();
          const snapshots: { held: ReturnType<LineTable["snapshot"]>; shown: string[] }[] = [];
          const put = (slot: Slot, given: readonly string[]) => {
            table.set(slot, given);
            rows.set(slot, given);
          };
          for (let index = 0; index < before; index += 1) put(table.add(), ["x\n", "", `${index}`]);
          for (const each of steps) {
            const slots = [...rows.keys()];
            const chosen = "which" in each ? slots[each.which % slots.length] : undefined;
            if (each.kind === "add") put(table.add(), each.texts);
            if (each.kind === "set" && chosen !== undefined) put(chosen, each.texts);
            if (each.kind === "remove" && chosen !== undefined) {
              table.remove(chosen);
              rows.delete(chosen);
            }
            if (each.kind === "snapshot") {
              snapshots.push({ held: table.snapshot(), shown: plainly(rows) });
            }
            if (each.kind === "release" && snapshots.length > 0) {
              snapshots.splice(each.which % snapshots.length, 1)[0]?.held.release();
            }
            for (const { held, shown } of snapshots) expect(read(held)).toEqual(shown);
          }
          expect(read(table.snapshot())).toEqual(plainly(rows));
        },
      ),
    );
  });

  test("gives the slot of a removed object out again, and is not larger for it", () => {
    const table = new LineTable(FAMILIES);
    const [first, second] = [table.add(), table.add()];
    table.set(first, ["one\n", "", ""]);
    table.set(second, ["two\n", "", ""]);
    table.remove(first);
    expect(table.add()).toBe(first);
    expect(read(table.snapshot())).toEqual(["two\n", "", ""]);
  });

  test("lets a snapshot be released twice without freeing another one", () => {
    const table = new LineTable(FAMILIES);
    const slot = table.add();
    table.set(slot, ["before\n", "", ""]);
    const [one, other] = [table.snapshot(), table.snapshot()];
    one.release();
    one.release();
    table.set(slot, ["afterw\n", "", ""]);
    expect(read(other)[0]).toBe("before\n");
  });
});
