import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BoardJson, prometheusBoards } from "../support/dashboards/boards.ts";
import { EXPOSED } from "../support/dashboards/exposed.ts";
import { OUTSIDE } from "../support/dashboards/outside.ts";
import { labelsInPrometheus } from "../support/dashboards/series.ts";
import { programs } from "./programs.ts";
import type { DashboardPrometheus } from "./support/dashboard-prometheus.ts";
import { type DashboardWorld, startDashboardWorld } from "./support/dashboard-world.ts";
import { EMPTY_IS_HEALTHY } from "./support/empty-panels.ts";
import {
  type Answered,
  answer,
  askingPanels,
  look,
  marks,
  type Setting,
  type Viewed,
} from "./support/evaluate.ts";
import { type GrafanaData, loadGrafanaData, unitIds } from "./support/grafana-data.ts";
import { WANTED } from "./support/history-portals.ts";
import { show } from "./support/shown.ts";
import { shownFaults } from "./support/shown-faults.ts";
import { linkFaults, linksShown } from "./support/shown-links.ts";

/** Lines beyond this are not told apart by anybody, and each of them costs. */
const MAX_LINES = 200;

/** The demo has to audit its portals first, and a week takes a while to be written. */
const STARTED_WITHIN_MS = 600_000;

let world: DashboardWorld;
let grafana: GrafanaData;
beforeAll(async () => {
  grafana = loadGrafanaData(programs().grafanaData);
  world = await startDashboardWorld();
}, STARTED_WITHIN_MS);
afterAll(() => world?.stop());

/** What is wrong with what came of a panel's queries. */
function answerFaults(
  board: BoardJson,
  id: number,
  answers: readonly Answered[],
  setting: Setting,
) {
  const faults = answers
    .filter(({ target, series }) => target.range === true && series.length > MAX_LINES)
    .map(({ expr, series }) => `${series.length} lines of ${expr}`);
  const mayBeEmpty = EMPTY_IS_HEALTHY.has(`${board.uid?.replace(/-en$/, "")}/${id}`);
  const isEmpty = answers.every(({ series }) => series.length === 0);
  if (isEmpty && !mayBeEmpty && setting !== "strange")
    faults.push(`nothing for ${answers.map(({ expr }) => expr).join(" · ")}`);
  return faults;
}

describe.each(Object.keys(programs().prometheus) as ("2.42" | "3.x")[])(
  "Prometheus %s",
  (version) => {
    // How variables are expanded and results are shown is Grafana's work: once is enough for that.
    const isNewest = version === "3.x";
    const settings: Setting[] = isNewest ? ["all", "one", "strange"] : ["all"];
    let prometheus: DashboardPrometheus;
    let time: number;
    beforeAll(async () => {
      prometheus = await world.prometheus(version);
      time = Math.floor(Date.now() / 1000);
    }, STARTED_WITHIN_MS);
    afterAll(() => prometheus?.stop());

    describe.each(prometheusBoards())("$path", ({ path, board }) => {
      /** Faults that `judge` finds in each panel, with the panel's name before them. */
      const faultsOf = async (
        setting: Setting,
        judge: (
          panel: ReturnType<typeof askingPanels>[number],
          viewed: Viewed,
        ) => Promise<string[]>,
      ) => {
        const viewed = await look(prometheus, board, { setting, time, wanted: WANTED });
        const faults: string[] = [];
        for (const panel of askingPanels(board)) {
          const found = await judge(panel, viewed).catch((error: unknown) => [String(error)]);
          faults.push(...found.map((fault) => `${panel.id} "${panel.title}": ${fault}`));
        }
        return faults;
      };

      test.each(settings)("is answered where %s is chosen", async (setting) => {
        const faults = await faultsOf(setting, async (panel, viewed) =>
          answerFaults(board, panel.id ?? 0, await answer(prometheus, panel, viewed), setting),
        );
        expect(faults).toEqual([]);
      });

      test.runIf(isNewest)("is shown with the columns, units and links that it says", async () => {
        const units = unitIds(grafana);
        const faults = await faultsOf("all", async (panel, viewed) => {
          const answers = await answer(prometheus, panel, viewed);
          const shown = await show(grafana, panel, { answers, viewed });
          const around = { prometheus, demo: world.demo.url, time };
          const links = await Promise.all(
            linksShown(shown).map((href) => linkFaults(href, around)),
          );
          return [...shownFaults(panel, shown, units), ...links.flat()];
        });
        expect(faults).toEqual([]);
      });

      test("has values for every variable, and its annotations are answered", async () => {
        const viewed = await look(prometheus, board, { setting: "all", time, wanted: WANTED });
        const empty = Object.entries(viewed.offered).filter(([, values]) => values.length === 0);
        expect([path, empty]).toEqual([path, []]);
        for (const annotation of board.annotations.list)
          await marks(prometheus, annotation, viewed);
      });
    });

    test("every series has the labels that the page of metrics names, and no other", async () => {
      const known = new Map([...EXPOSED, ...OUTSIDE]);
      const faults: string[] = [];
      for (const [name, { type }] of known) {
        const shown = type === "histogram" ? `${name}_sum` : name;
        const present = await prometheus.ask(shown, { time });
        const labels = new Set(present.flatMap(({ metric }) => Object.keys(metric)));
        const expected = labelsInPrometheus(known, shown) ?? new Set();
        for (const label of labels)
          if (label !== "__name__" && !expected.has(label))
            faults.push(`${name} has a label ${label}`);
        if (present.length === 0 && OUTSIDE.has(name)) faults.push(`there is no ${name}`);
      }
      expect(faults).toEqual([]);
    });
  },
);
