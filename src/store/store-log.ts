/** Where the store tells what an operator must know; pino's logger fits. */
export interface StoreLog {
  error(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  info(facts: object, message: string): void;
}
