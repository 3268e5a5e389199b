import { FAMILIES, type Family } from "../domain/family.ts";
import { chunksOf, type LineGroup } from "./blocks.ts";
import { renderLabels } from "./exposition.ts";
import { LineTable, type Slot } from "./line-table.ts";
import {
  emptySeries,
  perFamily,
  type PortalFacts,
  PORTAL_FAMILIES,
  RUN_FAMILIES,
  type RunSeries,
} from "./portal-families.ts";

/** One address family of a portal: what its lines are made of, and where they are. */
export interface Run {
  readonly series: RunSeries;
  readonly labels: string;
  readonly slot: Slot;
}

/** The runs of a portal over each family. */
export type Runs = Readonly<Record<Family, Run>>;

/** The rendered lines of all portals. */
export class PortalLines {
  readonly #runs = new LineTable(RUN_FAMILIES);
  readonly #heads = new LineTable(PORTAL_FAMILIES);
  readonly #vantage: string;

  constructor(vantage: string) {
    this.#vantage = vantage;
  }

  /** Empty series for a portal's URL, where those of an earlier one were if there was one. */
  beginRuns(url: string, before?: Runs): Runs {
    return perFamily((family) => {
      const slot = before?.[family].slot ?? this.#runs.add();
      const labels = renderLabels({ instance: url, family, vantage: this.#vantage });
      const run = { series: emptySeries(), labels, slot };
      this.showRun(run);
      return run;
    });
  }

  /** Renders what the series of one family are now. */
  showRun({ series, labels, slot }: Run): void {
    this.#runs.set(
      slot,
      RUN_FAMILIES.map(({ render }) => render(series, labels)),
    );
  }

  /** Room for the lines of one more portal itself. */
  addHead(): Slot {
    return this.#heads.add();
  }

  /** Renders what is known of a portal itself. */
  showHead(head: Slot, facts: PortalFacts): void {
    const { slug, url } = facts.info;
    const labels = renderLabels({ portal: slug, instance: url });
    this.#heads.set(
      head,
      PORTAL_FAMILIES.map(({ render }) => render(facts, labels)),
    );
  }

  /** Takes a portal's lines away. */
  remove(head: Slot, runs: Runs): void {
    this.#heads.remove(head);
    for (const family of FAMILIES) this.#runs.remove(runs[family].slot);
  }

  /** All lines of the instant at which the first chunk is asked for, and after them these. */
  async *chunks(counts: () => LineGroup): AsyncGenerator<Uint8Array> {
    const [runs, heads] = [this.#runs.snapshot(), this.#heads.snapshot()];
    try {
      yield* chunksOf([runs, heads, counts()]);
    } finally {
      runs.release();
      heads.release();
    }
  }
}
