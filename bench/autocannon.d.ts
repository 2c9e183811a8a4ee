/** As much of autocannon as is used; it is installed with what only the benchmark needs. */
declare module "autocannon" {
  interface Load {
    readonly url: string;
    readonly method: "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
  }
  interface Running extends Promise<{
    readonly errors: number;
    readonly timeouts: number;
    /** Seconds that it took. */
    readonly duration: number;
  }> {
    on(
      event: "response",
      told: (client: unknown, status: number, bytes: number, /** Milliseconds. */ ms: number) => void,
    ): void;
  }
  export default function autocannon(load: Load): Running;
}
