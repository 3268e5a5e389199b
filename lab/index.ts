export { startLab } from "./lab.ts";
export type { Lab, LabPortal } from "./types.ts";
