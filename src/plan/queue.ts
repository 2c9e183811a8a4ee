import type pg from "pg";
import { cutConnection, Overloaded, type EndSignal } from "../db/bounded-pool.ts";
import { databaseFault } from "../db/fault-code.ts";
import { areShort } from "./batch.ts";
import type { PlanReport } from "./report.ts";
import type { Selected, Statement, Statements } from "./statement.ts";

/** PostgreSQL's code of a statement that was broken off. */
const cancelled = "57014";
/** How long a statement is kept waiting for others of its kind while there is a connection, in ms. */
const longestHeldMs = 10;

/**
 * The statements of plans on their way to one database. Those that have to wait for a connection, and differ only in their
 * values, go together as one. Of a kind that is quick only one or two are under way at a time, so that those who come
 * meanwhile go together: that is sooner for all of them, and takes the database half of the work.
 */
export class Queue {
  readonly #pool: pg.Pool;
  readonly #statements: Statements;
  readonly #report: Pick<PlanReport, "together">;
  readonly #lanes = new WeakMap<Statement, Lane>();
  /** Those in which somebody waits, whoever was served least lately first. */
  readonly #busy = new Set<Lane>();
  #running = 0;

  constructor(pool: pg.Pool, statements: Statements, report: Pick<PlanReport, "together">) {
    this.#pool = pool;
    this.#statements = statements;
    this.#report = report;
  }

  /**
   * Sends a statement, and gives the row that it selects.
   * @throws Overloaded where too many wait already, or it has waited for as long as one waits for a connection; the reason
   * of `signal`, where that ends first; and what the database throws
   */
  send(statement: Statement, values: readonly unknown[], signal?: EndSignal): Promise<Selected> {
    return new Promise((resolve, reject) => {
      const job = new Job(statement, values, { resolve, reject, signal });
      if (job.isDone) return;
      const lane = this.#laneOf(statement);
      if (this.#hasRoom && (lane.isFree || !job.batchable)) this.#run(lane, [job]);
      else if (this.#turns >= 2 * this.#pool.options.max) job.fail(new Overloaded());
      else this.#wait(lane, job);
    });
  }

  /** Whether one more may be under way: two connections are left to those who write, or execute field by field. */
  get #hasRoom(): boolean {
    return this.#running < Math.max(1, this.#pool.options.max - 2);
  }

  /** How many times a connection will be waited for by those who wait now. */
  get #turns(): number {
    let count = 0;
    for (const { turns } of this.#busy) count += turns;
    return count;
  }

  #laneOf(statement: Statement): Lane {
    let lane = this.#lanes.get(statement);
    if (!lane) this.#lanes.set(statement, (lane = new Lane(statement)));
    return lane;
  }

  #wait(lane: Lane, job: Job): void {
    lane.waiting.add(job);
    this.#busy.add(lane);
    const patience = setTimeout(() => job.fail(new Overloaded()), this.#pool.options.connectionTimeoutMillis);
    job.whenDone = () => {
      clearTimeout(patience);
      lane.waiting.delete(job);
      if (lane.waiting.size === 0) this.#busy.delete(lane);
    };
    this.#hold(lane);
  }

  /** Lets those who wait go by themselves when the ones before them take unlike long. */
  #hold(lane: Lane): void {
    lane.hold ??= setTimeout(() => {
      lane.hold = undefined;
      const late = performance.now() - lane.servedAt >= longestHeldMs;
      if (late) for (const job of lane.waiting) if (this.#hasRoom) this.#runNext(lane, [job]);
      if (lane.waiting.size > 0) this.#hold(lane);
    }, longestHeldMs);
  }

  #runNext(lane: Lane, jobs = lane.next()): void {
    for (const job of jobs) job.whenDone();
    // Who has been served stands behind the others.
    if (this.#busy.delete(lane) && lane.waiting.size > 0) this.#busy.add(lane);
    this.#run(lane, jobs);
  }

  #run(lane: Lane, jobs: readonly Job[]): void {
    this.#running += 1;
    lane.running += 1;
    lane.servedAt = performance.now();
    void this.#ask(lane, jobs, () => {
      this.#running -= 1;
      lane.running -= 1;
      for (const other of [...this.#busy]) if (this.#hasRoom && other.isFree) this.#runNext(other);
    });
  }

  /**
   * Asks for jobs of one statement, and settles each; `goOn` is called when their connection is free. Those that could not
   * be asked together will go by themselves.
   */
  async #ask(lane: Lane, asked: readonly Job[], goOn: () => void): Promise<void> {
    let session: pg.PoolClient;
    try {
      session = await this.#pool.connect();
    } catch (error) {
      goOn();
      for (const job of asked) job.fail(error);
      return;
    }
    let held = true;
    const giveBack = (broken = false) => {
      if (!held) return;
      held = false;
      session.release(broken);
      goOn();
    };
    const jobs = asked.filter(({ isDone }) => !isDone);
    if (jobs.length === 0) {
      giveBack();
      return;
    }
    for (const job of jobs) {
      job.whenDone = () => {
        if (!held || jobs.some(({ isDone }) => !isDone)) return;
        // Nobody waits for it any more.
        giveBack(true);
        cutConnection(session);
      };
    }
    try {
      const lists = jobs.map(({ values }) => values);
      const rows = await this.#statements.send(session, lane.statement, lists);
      giveBack();
      lane.statement.pace.note(Number(rows.at(-1)?.[2]), jobs.length);
      if (jobs.length > 1) this.#report.together += jobs.length;
      for (const [i, job] of jobs.entries()) job.answer(rows[i]);
    } catch (error) {
      giveBack();
      this.#part(lane, jobs, error);
    }
  }

  /** What becomes of those whose statement failed: they go by themselves, where it may be due to one of several. */
  #part(lane: Lane, jobs: readonly Job[], error: unknown): void {
    if (jobs.length > 1) lane.statement.pace.noteFailure();
    for (const job of jobs) {
      if (jobs.length === 1 || !isOfOne(error)) job.fail(error);
      else if (!job.isDone) this.#wait(lane, job.byItself());
    }
  }
}

/** Whether what befell several that went together may be due to one of them: PostgreSQL refused it, or it took too long. */
function isOfOne(error: unknown): boolean {
  return databaseFault(error) === undefined || (error as { code?: unknown }).code === cancelled;
}

/** Those who ask one statement. */
class Lane {
  readonly waiting = new Set<Job>();
  running = 0;
  /** Looks from time to time after those who wait. */
  hold: NodeJS.Timeout | undefined;
  /** When the last of them were sent, by `performance.now()`. */
  servedAt = 0;
  readonly statement: Statement;

  constructor(statement: Statement) {
    this.statement = statement;
  }

  /** Whether one more may be under way before those that are have come back. */
  get isFree(): boolean {
    return this.running < this.statement.pace.width;
  }

  /** How many times a connection will be waited for by those who wait. */
  get turns(): number {
    return Math.ceil(this.waiting.size / this.statement.pace.most);
  }

  /** Those who have waited longest, and may go together. */
  next(): readonly Job[] {
    const [first] = this.waiting;
    if (!first?.batchable) return first ? [first] : [];
    return [...this.waiting].filter(({ batchable }) => batchable).slice(0, this.statement.pace.most);
  }
}

interface Told {
  readonly resolve: (row: Selected) => void;
  readonly reject: (error: unknown) => void;
  /** Says that nobody waits for the answer any more. */
  readonly signal?: EndSignal | undefined;
}

/** A statement with its values, from when it is asked for until its answer is told. */
class Job {
  readonly statement: Statement;
  readonly values: readonly unknown[];
  /** Whether it may go with others. */
  batchable: boolean;
  isDone = false;
  /** Called when it is answered, failed, or ended. */
  whenDone: () => void = () => undefined;
  readonly #told: Told;
  readonly #end = () => this.fail(this.#told.signal?.reason);

  constructor(statement: Statement, values: readonly unknown[], told: Told) {
    this.statement = statement;
    this.values = values;
    this.batchable = statement.name !== undefined && values.length > 0 && areShort(values);
    this.#told = told;
    if (told.signal?.aborted) this.#end();
    else told.signal?.addEventListener("abort", this.#end, { once: true });
  }

  byItself(): this {
    this.batchable = false;
    return this;
  }

  answer(row: Selected | undefined): void {
    if (!row) this.fail(new Error("a statement selected no row"));
    else if (this.#settle()) this.#told.resolve(row);
  }

  fail(error: unknown): void {
    if (this.#settle()) this.#told.reject(error);
  }

  #settle(): boolean {
    if (this.isDone) return false;
    this.isDone = true;
    this.#told.signal?.removeEventListener("abort", this.#end);
    this.whenDone();
    return true;
  }
}
