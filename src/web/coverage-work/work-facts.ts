import type { CoverageFacts } from "../coverage/page.ts";

/** What every page on which the register is worked at is told. */
export interface WorkFacts extends CoverageFacts {
  /** What the reader's key allows; who may not is told, and given no form. */
  readonly may: {
    /** Send files, of the one province if the key is limited to it. */
    readonly send: boolean;
    /** Decide on held rows and challenges, open rounds. */
    readonly decide: boolean;
    readonly publish: boolean;
  };
  /** Code of the only province that the reader's key is for. */
  readonly province: string | null;
  /** The present day, `YYYY-MM-DD` in the reporting zone. */
  readonly today: string;
}

/** Something that was done, or was not, just now: it stands at the top of the page. */
export interface Told {
  readonly done: boolean;
  readonly text: string;
}
