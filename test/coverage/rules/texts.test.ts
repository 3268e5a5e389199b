import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULE_FAULTS } from "../../../src/catalogue/import-faults/rules.ts";
import { FILE_RULES, ROW_RULES } from "../../../src/coverage/rules/all.ts";
import { RULE_IDS } from "../../../src/domain/coverage/import-fault.ts";

const FOLDER = new URL("../../../src/coverage/rules/", import.meta.url);

describe("texts of the rules", () => {
  const sources = readdirSync(FOLDER).map((name) => ({
    name,
    text: readFileSync(new URL(name, FOLDER), "utf8"),
  }));
  const all = sources.map(({ text }) => text).join("\n");

  it("are each of a code that a rule tells", () => {
    // `${part}s_differ` of V26 is put together.
    const told = (code: string) =>
      all.includes(`"${code}"`) || /^(?:nume|denomi)\w+s_differ$/.test(code);
    const left = Object.keys(RULE_FAULTS).filter((key) => !told(key.split(".")[1] ?? ""));
    expect(left).toEqual([]);
  });

  it("are there for every code that is written in the file of a rule", () => {
    const missing = sources.flatMap(({ name, text }) => {
      const rule = /^(v\d\d)-/.exec(name)?.[1]?.toUpperCase();
      if (rule === undefined) return [];
      const codes = [
        ...text.matchAll(/code: (?:[^,{}"]*\? )?"([a-z_0-9]+)"(?: : "([a-z_0-9]+)")?/g),
      ];
      return codes
        .flatMap(([, one, other]) => [one, other])
        .filter((code) => code !== undefined && !(`${rule}.${code}` in RULE_FAULTS))
        .map((code) => `${rule}.${code}`);
    });
    expect(missing).toEqual([]);
  });
});

describe("the list of rules", () => {
  it("has each rule that judges rows once, in order", () => {
    const ids = ROW_RULES.map(({ id }) => id);
    expect(ids).toEqual(RULE_IDS.filter((id) => ids.includes(id)));
  });

  it("leaves to reading and understanding what is theirs", () => {
    const judged = new Set([...ROW_RULES, ...FILE_RULES].map(({ id }) => id));
    expect(RULE_IDS.filter((id) => !judged.has(id))).toEqual([
      "V13",
      "V15",
      "V16",
      "V17",
      "V18",
      "V28",
    ]);
  });
});

describe("docs/coverage-rules.md", () => {
  it("tells of every rule, once and in order", () => {
    const text = readFileSync(new URL("../../../docs/coverage-rules.md", import.meta.url), "utf8");
    const told = [...text.matchAll(/^\| (V\d\d) /gm)].map(([, id]) => id);
    expect(told).toEqual([...RULE_IDS]);
  });
});
