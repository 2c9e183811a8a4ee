import { vi } from "vitest";

/**
 * Checks again and again until it holds, and gives what the check gives. Fails as the check does where it does not hold
 * within ten seconds: long enough for a machine that is busy with other tests.
 */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 10_000, interval: 20 });
}
