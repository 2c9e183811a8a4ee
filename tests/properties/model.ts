/** A fact as a story tells it: a number that all it says follows from, and the days of the reports it rests on. */
export interface Told {
  readonly says: number;
  /** In days from the gazette's first; the first is the earliest. */
  readonly days: readonly [number, ...number[]];
}

/** A version in memory: its rectangle on the two clocks, reports in days, recordings in steps. */
export interface ModelVersion {
  readonly told: Told;
  readonly change: "ASSERTED" | "UPDATED" | "CORRECTED" | "CARRIED";
  readonly from: number;
  readonly to: number | null;
  readonly entered: number;
  readonly closed: number | null;
}

/** What the record is asked to do to one of its records. */
export type Operation =
  | { readonly do: "assert" | "update"; readonly record: number; readonly reports: readonly Told[] }
  | { readonly do: "correct"; readonly record: number; readonly from: number; readonly told: Told }
  | { readonly do: "retract"; readonly record: number };

/** A record as it should be: every version that was ever held, in plain lists. */
export class Model {
  readonly records = new Map<number, readonly ModelVersion[]>();
  readonly retracted = new Map<number, number>();
  /** How many change sets were entered. */
  step = 0;

  held(record: number): ModelVersion[] {
    return (this.records.get(record) ?? []).filter(({ closed }) => closed === null);
  }

  newest(record: number): ModelVersion | undefined {
    return this.held(record).find(({ to }) => to === null);
  }

  /** Enters all the operations as the next step, or, where one of them is impossible, none: then it answers false. */
  enter(operations: readonly Operation[]): boolean {
    const records = operations.map(({ record }) => record);
    if (new Set(records).size < records.length || !operations.every((operation) => this.#allows(operation)))
      return false;
    this.step += 1;
    for (const operation of operations) this.#apply(operation);
    return true;
  }

  #allows(operation: Operation): boolean {
    const newest = this.newest(operation.record);
    if (operation.do === "assert") {
      return !this.records.has(operation.record) && rising(operation.reports.map(({ days }) => days[0]));
    }
    if (!newest) return false;
    if (operation.do === "update") return rising([newest.from, ...operation.reports.map(({ days }) => days[0])]);
    if (operation.do !== "correct") return true;
    const old = this.held(operation.record).find(({ from }) => from === operation.from);
    return old !== undefined && operation.told.days[0] <= old.from;
  }

  #apply(operation: Operation): void {
    const { record } = operation;
    const versions = this.records.get(record) ?? [];
    const close = (which: (version: ModelVersion) => boolean) =>
      versions.map((each) => (each.closed === null && which(each) ? { ...each, closed: this.step } : each));
    const open = { entered: this.step, closed: null };
    if (operation.do === "retract") {
      this.retracted.set(record, this.step);
      this.records.set(
        record,
        close(() => true),
      );
    } else if (operation.do === "correct") {
      const old = this.held(record).find(({ from }) => from === operation.from) as ModelVersion;
      const right = { told: operation.told, change: "CORRECTED" as const, from: old.from, to: old.to, ...open };
      this.records.set(record, [...close((each) => each === old), right]);
    } else {
      const old = this.newest(record);
      const reports = operation.reports.map((told, i): ModelVersion => {
        const to = operation.reports[i + 1]?.days[0] ?? null;
        return { told, change: old || i > 0 ? "UPDATED" : "ASSERTED", from: told.days[0], to, ...open };
      });
      const carried = old ? [{ ...old, ...open, change: "CARRIED" as const, to: reports[0]?.from ?? null }] : [];
      this.records.set(record, [...close((each) => each === old), ...carried, ...reports]);
    }
  }

  /** What is shown of each record: now, by a day's reports, or after a step. At most one version of each. */
  seen(at: { day?: number; step?: number } = {}): Map<number, ModelVersion[]> {
    return new Map(
      [...this.records].map(([record, versions]) => [record, versions.filter((version) => isSeen(version, at))]),
    );
  }
}

function isSeen({ from, to, entered, closed }: ModelVersion, { day, step }: { day?: number; step?: number }): boolean {
  if (day !== undefined) return closed === null && from <= day && (to === null || to > day);
  if (step !== undefined) return to === null && entered <= step && (closed === null || closed > step);
  return closed === null && to === null;
}

function rising(numbers: readonly number[]): boolean {
  return numbers.every((number, i) => i === 0 || number > (numbers[i - 1] as number));
}
