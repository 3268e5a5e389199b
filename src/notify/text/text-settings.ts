import type { Lang } from "../../catalogue/index.ts";

/** What is told of this service beside the message. */
export interface TextSettings {
  readonly lang: Lang;
  /** Instants are on its clocks. */
  readonly timezone: string;
  /** Where people reach the service, without a slash at the end; null: no links. */
  readonly publicUrl: string | null;
}
