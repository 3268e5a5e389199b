export { FAILURE_WORDS } from "../catalogue/failure-words.ts";
