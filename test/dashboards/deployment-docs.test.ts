import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { mountOf, readCompose, readRoot, ROOT } from "../support/deployment.ts";

/** What is read before anything runs, when nobody is there to ask. */
const PAGES = [
  "README.md",
  "dashboards/README.md",
  "docs/deployment.md",
  "docs/operators-first-hour.md",
];

/** The anchor that a heading has on the pages of code hosts. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\s-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

function isThere(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(`${ROOT}${target}`)) return false;
  if (anchor === undefined || statSync(`${ROOT}${target}`).isDirectory()) return true;
  const headings = readRoot(target).matchAll(/^#+ (.+)$/gm);
  return [...headings].some(([, heading = ""]) => anchorOf(heading) === decodeURI(anchor));
}

test.each(PAGES)("every link of %s leads to a file and a heading that are there", (page) => {
  const links = [...readRoot(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  const own = links.filter((link) => !/^https?:/.test(link));
  expect(own.length).toBeGreaterThan(0);
  expect(own.filter((link) => !isThere(page, link))).toEqual([]);
});

describe("docs/deployment.md", () => {
  const text = readRoot("docs/deployment.md");

  test("names files that are there", () => {
    const named = [...text.matchAll(/(?<![/\w])((?:docs|dashboards)\/[\w./-]*\w)/g)].map(
      ([, path = ""]) => path,
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(`${ROOT}${path}`))).toEqual([]);
  });

  test("names the variables that compose.yaml takes from .env, and no other", () => {
    const [, block = ""] = /file `\.env`[^]*?```\n([^]*?)```/.exec(text) ?? [];
    const named = block.split("\n").flatMap((line) => line.split("=", 1).filter(Boolean));
    const taken = new Set(
      [...readRoot("compose.yaml").matchAll(/\$\{(\w+):-/g)].map(([, name]) => name),
    );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !taken.has(name))).toEqual([]);
  });

  test("says what is passed to Prometheus alike with and without Docker", () => {
    const [, args = ""] = /etc\/default\/prometheus`:\n\n```\nARGS="(.*)"/.exec(text) ?? [];
    const given = readCompose("compose.yaml").services["prometheus"]?.command ?? [];
    const shared = args.split(" ").filter((each) => !each.startsWith("--web.listen-address"));
    expect(shared.length).toBeGreaterThan(2);
    expect(shared.filter((each) => !given.includes(each))).toEqual([]);
  });
});

describe("the unit for systemd", () => {
  const unit = readRoot("docs/deployment/hatangso.service");

  test("starts the command as compose.yaml does, with secrets from a file", () => {
    const [, words = ""] = /^ExecStart=\S+\/node (.*)$/m.exec(unit) ?? [];
    const { entrypoint = [], command = [] } =
      readCompose("compose.yaml").services["hatangso"] ?? {};
    const [, , program = ""] = entrypoint;
    expect(words).toBe(["--env-file=%d/hatangso.env", program, ...command].join(" "));
    expect(existsSync(`${ROOT}${program}`)).toBe(true);
    expect(unit).toMatch(/^LoadCredential=hatangso\.env:\/etc\/hatangso\/hatangso\.env$/m);
  });

  test("leaves telling to the rules, too", () => {
    expect(unit).toMatch(/^Environment=.*\bINCIDENTS_TOLD_BY=prometheus\b/m);
  });

  test("mounts of compose.yaml and folders of the guide without Docker are the same for Grafana", () => {
    const inside = readCompose("compose.yaml").services["grafana"]?.volumes.map(mountOf) ?? [];
    const dashboards = inside.find(({ host }) => host === "./dashboards/grafana/dashboards");
    expect(dashboards?.inside).toBe("/etc/grafana/hatangso/dashboards");
    expect(readRoot("docs/deployment.md")).toContain(
      "cp -r dashboards/grafana/dashboards /etc/grafana/hatangso/",
    );
  });
});
