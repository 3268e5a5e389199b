import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { grafanaAt } from "../smoke/grafana-client.ts";
import { provisioningComplaints } from "../smoke/log.ts";
import { walk } from "../smoke/walk.ts";
import { type BoardJson, panelsOf, prometheusBoards } from "../support/dashboards/boards.ts";
import {
  type HttpReceiver,
  type ReceivedRequest,
  startHttpReceiver,
} from "../support/http-receiver.ts";

/** Answers as Grafana's API does, where every query has one value; the paths of `instead` are answered otherwise. */
let grafana: HttpReceiver;
let instead: Map<string, unknown>;

const board: BoardJson = {
  uid: "hatangso-test",
  title: "Made up",
  templating: {
    list: [
      { name: "datasource", type: "datasource", query: "prometheus" },
      { name: "agency", type: "query", query: { query: "label_values(portal_info, agency)" } },
      {
        name: "family",
        type: "query",
        query: 'label_values(probe_success{agency="$agency"}, family)',
        includeAll: true,
        allValue: ".+",
      },
    ],
  },
  annotations: { list: [] },
  panels: [
    { id: 1, type: "stat", title: "One", targets: [{ refId: "A", expr: 'up{agency="$agency"}' }] },
    {
      id: 9,
      type: "row",
      panels: [
        {
          id: 2,
          type: "timeseries",
          title: "Two",
          targets: [
            { refId: "A", expr: 'rate(x{family=~"$family"}[$__rate_interval])', range: true },
          ],
        },
      ],
    },
  ],
};

function answerAs(boards: readonly BoardJson[]) {
  return ({ path, body }: ReceivedRequest): unknown => {
    if (path === "/api/ds/query") {
      const { queries } = JSON.parse(body) as { queries: { refId: string }[] };
      const labels = { __name__: "info", name: "Huế", unit: "46" };
      const fields = [{ name: "Time" }, { name: "Value", labels }];
      const frames = [{ schema: { fields }, data: { values: [[1], [1]] } }];
      return { results: Object.fromEntries(queries.map(({ refId }) => [refId, { frames }])) };
    }
    if (path.startsWith("/api/datasources/uid/prometheus/resources/")) {
      return { status: "success", data: ["a", "b"] };
    }
    const found = boards.find(({ uid }) => path === `/api/dashboards/uid/${uid}`);
    return found && { dashboard: found, meta: { provisioned: true, folderUid: "hatangso-vi" } };
  };
}

beforeEach(async () => {
  instead = new Map();
  grafana = await startHttpReceiver();
  play([board]);
});
afterEach(() => grafana.stop());

function play(boards: readonly BoardJson[]): void {
  const answer = answerAs(boards);
  grafana.answer = (request) => {
    const path = request.path.split("?")[0] ?? "";
    const json = instead.has(path) ? instead.get(path) : answer(request);
    return json === undefined ? { status: 404, body: "{}" } : { body: JSON.stringify(json) };
  };
}

const walked = () => walk(grafanaAt(grafana.url, "admin", "made up"), [board]);
const queries = () =>
  grafana.requests
    .filter(({ path }) => path === "/api/ds/query")
    .flatMap(({ body }) => (JSON.parse(body) as { queries: Record<string, unknown>[] }).queries);

describe("a walk through a dashboard", () => {
  test("asks each query once, in folded rows too, and has nothing to say where all is well", async () => {
    expect(await walked()).toEqual({ asked: 2, faults: [], empty: [] });
    expect(queries()).toHaveLength(2);
  });

  test("chooses values for variables, one after another, and leaves the intervals to Grafana", async () => {
    await walked();
    const values = grafana.requests.find(({ path }) => path.includes("/label/family/values"));
    expect(new URLSearchParams(values?.path.split("?")[1]).get("match[]")).toBe(
      'probe_success{agency="a"}',
    );
    expect(queries().map(({ expr }) => expr)).toEqual([
      'up{agency="a"}',
      'rate(x{family=~".+"}[$__rate_interval])',
    ]);
  });

  test("takes the value of a variable that is chosen by another name out of the series", async () => {
    const province = {
      name: "province",
      type: "query",
      query: { query: "query_result(info)" },
      regex: '/name="(?<text>[^"]+)".*unit="(?<value>[^"]+)"/',
    };
    const targets = [{ refId: "A", expr: 'up{province="$province"}' }];
    const other = {
      ...board,
      templating: { list: [province] },
      panels: [{ id: 1, type: "stat", title: "One", targets }],
    };
    play([other]);
    expect(await walk(grafanaAt(grafana.url, "admin", "made up"), [other])).toMatchObject({
      faults: [],
    });
    expect(queries().at(-1)?.["expr"]).toBe('up{province="46"}');
  });

  test("signs in and asks Prometheus by the uid that provisioning gives it", async () => {
    await walked();
    const expected = `Basic ${Buffer.from("admin:made up").toString("base64")}`;
    for (const { headers } of grafana.requests) expect(headers.authorization).toBe(expected);
    for (const { datasource } of queries()) {
      expect(datasource).toEqual({ uid: "prometheus", type: "prometheus" });
    }
  });

  test("names the panel whose query fails, with what Grafana says", async () => {
    instead.set("/api/ds/query", { results: { A: { status: 400, error: "parse error" } } });
    const { faults } = await walked();
    expect(faults).toHaveLength(2);
    expect(faults[0]).toBe('hatangso-test: panel 1 "One" A: parse error in up{agency="a"}');
  });

  test("tells panels without values apart from those that fail", async () => {
    instead.set("/api/ds/query", { results: { A: { frames: [] } } });
    expect(await walked()).toMatchObject({
      faults: [],
      empty: ['hatangso-test: panel 1 "One"', 'hatangso-test: panel 2 "Two"'],
    });
  });

  test("a query that nobody answers is a fault", async () => {
    instead.set("/api/ds/query", { results: {} });
    expect((await walked()).faults[0]).toContain("A: no answer");
  });

  test.each([
    ["is not there", undefined],
    ["did not come from a file", { dashboard: board, meta: { provisioned: false, folderUid: "" } }],
    [
      "has the panels 1",
      {
        dashboard: { ...board, panels: board.panels.slice(0, 1) },
        meta: { provisioned: true, folderUid: "" },
      },
    ],
  ])("says that a dashboard %s", async (fault, answer) => {
    instead.set("/api/dashboards/uid/hatangso-test", answer);
    expect((await walked()).faults).toEqual([`hatangso-test: ${fault}`]);
  });

  test("a variable without values is a fault", async () => {
    const path = "/api/datasources/uid/prometheus/resources/api/v1/label/agency/values";
    instead.set(path, { status: "success", data: [] });
    expect((await walked()).faults).toContain("hatangso-test: the variable agency has no value");
  });

  test("an answer that is not Grafana's stops the walk with its words", async () => {
    instead.set("/api/ds/query", { message: "Unauthorized" });
    await expect(walked()).rejects.toThrow("Unauthorized");
  });
});

test("every generated dashboard can be walked: each of its variables and queries is understood", async () => {
  const boards = prometheusBoards().map((each) => each.board);
  play(boards);
  const result = await walk(grafanaAt(grafana.url, "admin", "made up"), boards);
  expect(result).toMatchObject({ faults: [], empty: [] });
  expect(result.asked).toBe(
    boards.flatMap(panelsOf).reduce((sum, { targets = [] }) => sum + targets.length, 0),
  );
});

test("complaints of provisioning are found in Grafana's log, and others are not", () => {
  const bad = [
    'grafana-1 | logger=provisioning.dashboard type=file t=1 level=error msg="failed to load dashboard from "',
    '{"level":"error","logger":"provisioning.datasources","msg":"x"}',
  ];
  const good = [
    "grafana-1 | logger=provisioning.dashboard t=1 level=info msg=done",
    "grafana-1 | logger=plugin.store t=1 level=error msg=x",
  ];
  expect(provisioningComplaints([...bad, ...good].join("\n"))).toEqual(bad);
});
