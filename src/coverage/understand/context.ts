import type { ImportSettings, Register } from "../contract.ts";
import type { HeaderDictionary } from "./header-dictionary.ts";
import type { Indicator } from "../../domain/coverage/indicator.ts";

/** What the sheets of a file are understood by. */
export interface Context {
  readonly register: Register;
  readonly settings: ImportSettings;
  readonly dictionary: HeaderDictionary;
  /** Any version of an indicator: what is counted is the same in all. */
  readonly indicator: (code: string) => Indicator | undefined;
}
