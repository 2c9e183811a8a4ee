import type pg from "pg";
import { cutConnection, Overloaded, type EndSignal } from "../db/bounded-pool.ts";
import { databaseFault } from "../db/fault-code.ts";
import { Job } from "./job.ts";
import { Lane } from "./lane.ts";
import type { PlanReport } from "./report.ts";
import type { Selected, Statement, Statements } from "./statement.ts";

/** PostgreSQL's code of a statement that was broken off. */
const cancelled = "57014";
/** How long one that is under way keeps others of its kind waiting while there is a connection, in ms. */
const longestHeldMs = 10;
/** How long it takes until a pool that had no connection is asked for one again, in ms. */
const pauseMs = 20;

/**
 * The statements of plans on their way to one database. Those that have to wait for a connection, and differ only in their
 * values, go together as one. Of a kind that is quick only one or two are under way at a time, so that those who come
 * meanwhile go together: that is sooner for all of them, and takes the database half of the work.
 */
export class Queue {
  readonly #pool: pg.Pool;
  readonly #statements: Statements;
  readonly #report: Sent;
  readonly #lanes = new WeakMap<Statement, Lane>();
  /** Those in which somebody waits, whoever was served least lately first. */
  readonly #busy = new Set<Lane>();
  #running = 0;
  #pause: NodeJS.Timeout | undefined;

  constructor(pool: pg.Pool, statements: Statements, report: Sent) {
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
      const others = this.#turns - lane.turns();
      if (others + lane.turns(1) > 2 * this.#pool.options.max) job.fail(new Overloaded());
      else this.#wait(lane, job);
    });
  }

  /** Whether one more may be under way: two connections are left to those who write, or execute field by field. */
  get #hasRoom(): boolean {
    return !this.#pause && this.#running < Math.max(1, this.#pool.options.max - 2);
  }

  /** How many times a connection will be waited for by those who wait now. */
  get #turns(): number {
    let count = 0;
    for (const lane of this.#busy) count += lane.turns();
    return count;
  }

  #laneOf(statement: Statement): Lane {
    let lane = this.#lanes.get(statement);
    if (!lane) this.#lanes.set(statement, (lane = new Lane(statement)));
    return lane;
  }

  /** Lets a job go as soon as there is a connection, and its turn; it waits for as long as one waits for a connection. */
  #wait(lane: Lane, job: Job): void {
    lane.waiting.add(job);
    this.#busy.add(lane);
    job.wait(this.#pool.options.connectionTimeoutMillis, () => {
      lane.waiting.delete(job);
      if (lane.waiting.size === 0) this.#busy.delete(lane);
    });
    this.#goOn();
    if (lane.waiting.size > 0) this.#hold(lane);
  }

  /** Lets those who wait go on, once those under way before them have taken unlike long. */
  #hold(lane: Lane): void {
    lane.hold ??= setTimeout(() => {
      lane.hold = undefined;
      lane.forgetLate(performance.now() - longestHeldMs);
      this.#goOn();
      if (lane.waiting.size > 0) this.#hold(lane);
    }, longestHeldMs);
  }

  /** Sends those whose turn it is, lane by lane, for as long as there is room. */
  #goOn(): void {
    for (let sent = true; sent;) {
      sent = false;
      for (const lane of [...this.#busy]) {
        const jobs = this.#hasRoom ? lane.next() : [];
        if (jobs.length === 0) continue;
        sent = true;
        for (const job of jobs) lane.waiting.delete(job);
        // Who has been served stands behind the others.
        this.#busy.delete(lane);
        if (lane.waiting.size > 0) this.#busy.add(lane);
        void this.#run(lane, jobs);
      }
    }
  }

  /** Asks for jobs of one statement, and settles each. Those that could not be asked together will go by themselves. */
  async #run(lane: Lane, asked: readonly Job[]): Promise<void> {
    this.#running += 1;
    const leave = lane.enter(performance.now());
    const done = () => {
      this.#running -= 1;
      leave();
      this.#goOn();
    };
    let session: pg.PoolClient;
    try {
      session = await this.#pool.connect();
    } catch (error) {
      this.#waitOn(lane, asked, error);
      done();
      return;
    }
    const jobs = asked.filter(({ isDone }) => !isDone);
    let held = true;
    const giveBack = (broken = false) => {
      if (!held) return;
      held = false;
      session.release(broken);
      done();
    };
    for (const job of jobs) {
      job.go(() => {
        if (!held || jobs.some(({ isDone }) => !isDone)) return;
        // Nobody waits for it any more.
        giveBack(true);
        cutConnection(session);
      });
    }
    try {
      const rows = jobs.length === 0 ? [] : await this.#ask(session, lane.statement, jobs);
      giveBack();
      for (const [i, job] of jobs.entries()) {
        if (job.answer(rows[i])) this.#report[jobs.length > 1 ? "together" : "alone"] += 1;
      }
    } catch (error) {
      if (jobs.length > 1 && isOfOne(error) && jobs.some(({ isDone }) => !isDone)) lane.statement.pace.noteFailure();
      giveBack();
      this.#part(lane, jobs, error);
    }
  }

  async #ask(session: pg.PoolClient, statement: Statement, jobs: readonly Job[]): Promise<readonly Selected[]> {
    const rows = await this.#statements.send(
      session,
      statement,
      jobs.map(({ values }) => values),
    );
    if (rows.length !== jobs.length) throw new Error(`${rows.length} rows were selected for ${jobs.length} questions`);
    statement.pace.note(Number(rows.at(-1)?.[2]), jobs.length);
    return rows;
  }

  /** What becomes of those for whom no connection was had: where there was none, they wait on, and the pool has a pause. */
  #waitOn(lane: Lane, jobs: readonly Job[], error: unknown): void {
    if (databaseFault(error) !== "OVERLOADED") {
      for (const job of jobs) job.fail(error);
      return;
    }
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined;
      this.#goOn();
    }, pauseMs);
    const waiting = jobs.filter(({ isDone }) => !isDone);
    for (const job of waiting) lane.waiting.add(job);
    if (waiting.length > 0) this.#busy.add(lane);
  }

  /** What becomes of those whose statement failed: they go by themselves, where it may be due to one of several. */
  #part(lane: Lane, jobs: readonly Job[], error: unknown): void {
    for (const job of jobs) {
      if (jobs.length === 1 || !isOfOne(error)) job.fail(error);
      else if (!job.isDone) this.#wait(lane, job.byItself());
    }
  }
}

/** How many answers had a statement of their own, and how many one with others. */
type Sent = Pick<PlanReport, "alone" | "together">;

/** Whether what befell several that went together may be due to one of them: PostgreSQL refused it, or it took too long. */
function isOfOne(error: unknown): boolean {
  return databaseFault(error) === undefined || (error as { code?: unknown }).code === cancelled;
}
