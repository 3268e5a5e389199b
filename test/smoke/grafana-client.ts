import { z } from "zod";

/** One query as Grafana's data sources take it; `refId` comes back with the answer. */
export interface SourceQuery {
  readonly refId: string;
  readonly datasource: { readonly uid: string; readonly type: string };
  readonly [setting: string]: unknown;
}

/** What a query came to: an error in Grafana's words, or how many values its frames hold. */
export type Answered = { readonly error: string } | { readonly values: number };

const dashboardAnswer = z.object({
  dashboard: z.looseObject({ title: z.string(), panels: z.array(z.unknown()) }),
  meta: z.looseObject({ provisioned: z.boolean(), folderUid: z.string() }),
});

const queryAnswer = z.object({
  results: z.record(
    z.string(),
    z.looseObject({
      error: z.string().optional(),
      frames: z
        .array(
          z.object({
            schema: z.looseObject({
              fields: z
                .array(z.looseObject({ labels: z.record(z.string(), z.string()).optional() }))
                .default([]),
            }),
            data: z.looseObject({ values: z.array(z.array(z.unknown())) }),
          }),
        )
        .default([]),
    }),
  ),
});

const labelValuesAnswer = z.object({ data: z.array(z.string()) });

/** Grafana's HTTP API as far as the smoke test needs it; every method throws on an answer that is no JSON of its kind. */
export interface Grafana {
  /** Whether it is up and its own database answers. */
  isHealthy(): Promise<boolean>;
  /** A dashboard that it has, or null. */
  dashboard(uid: string): Promise<z.infer<typeof dashboardAnswer> | null>;
  /** Kind of a data source, or null where there is none of this uid. */
  dataSourceType(uid: string): Promise<string | null>;
  /** Values of a label over the last hour, asked through a data source of Prometheus. */
  labelValues(uid: string, selector: string, label: string): Promise<string[]>;
  /** Labels of the present series of an expression, its name as `__name__`. */
  series(uid: string, expr: string): Promise<Readonly<Record<string, string>>[]>;
  /** Runs queries over the last hour, each answered by its `refId`. */
  query(queries: readonly SourceQuery[]): Promise<ReadonlyMap<string, Answered>>;
}

/** A client that signs in with each request. */
export function grafanaAt(url: string, user: string, password: string): Grafana {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  const ask = (path: string, body?: unknown) =>
    fetch(`${url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  /** The body of a good answer, null for 404. */
  const found = async (path: string): Promise<unknown> => {
    const answer = await ask(path);
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const run = async (queries: readonly SourceQuery[]) => {
    // A query that fails makes the status 400 or 500; what is wrong with which one stands in the body.
    const answer: unknown = await (
      await ask("/api/ds/query", { from: "now-1h", to: "now", queries })
    ).json();
    const parsed = queryAnswer.safeParse(answer);
    if (!parsed.success) throw new Error(`/api/ds/query: ${JSON.stringify(answer)}`);
    return parsed.data.results;
  };
  return {
    isHealthy: () =>
      ask("/api/health").then(
        ({ ok }) => ok,
        () => false,
      ),
    dashboard: async (uid) =>
      dashboardAnswer.nullable().parse(await found(`/api/dashboards/uid/${uid}`)),
    async dataSourceType(uid) {
      const source = await found(`/api/datasources/uid/${uid}`);
      return z.looseObject({ type: z.string() }).nullable().parse(source)?.type ?? null;
    },
    async labelValues(uid, selector, label) {
      const asked = new URLSearchParams({ "match[]": selector, start: hourAgo() }).toString();
      const path = `/api/datasources/uid/${uid}/resources/api/v1/label/${label}/values?${asked}`;
      return labelValuesAnswer.parse(await found(path)).data;
    },
    async series(uid, expr) {
      const datasource = { uid, type: "prometheus" };
      const { A: result } = await run([{ refId: "A", datasource, expr, instant: true }]);
      if (result?.error !== undefined) throw new Error(`${expr}: ${result.error}`);
      const fields = (result?.frames ?? []).flatMap(({ schema }) => schema.fields);
      return fields.flatMap(({ labels }) => (labels === undefined ? [] : [labels]));
    },
    async query(queries) {
      const results = Object.entries(await run(queries));
      return new Map(results.map(([id, each]) => [id, outcome(each)]));
    },
  };
}

/** Seconds since the epoch. */
function hourAgo(): string {
  return String(Math.floor(Date.now() / 1000) - 3600);
}

function outcome(result: z.infer<typeof queryAnswer>["results"][string]): Answered {
  if (result.error !== undefined) return { error: result.error };
  const columns = result.frames.flatMap(({ data }) => data.values);
  return { values: columns.reduce((sum, column) => sum + column.length, 0) };
}
