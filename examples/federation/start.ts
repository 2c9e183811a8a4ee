import { startChancery } from "./chancery.ts";
import { compose } from "./compose.ts";
import { startDesk } from "./desk/desk.ts";
import { startGateway } from "./gateway.ts";
import type { Listening } from "./listen.ts";

// A program: starts the record (or takes the one at the address given), the desk and the gateway, until told to stop.

const running: Listening[] = [];

async function stop(): Promise<void> {
  for (const each of running.splice(0).reverse()) await each.close();
}

async function start(given: string | undefined): Promise<void> {
  const began = async (beginning: Promise<Listening>) => {
    const each = await beginning;
    running.push(each);
    return each.url;
  };
  const record = given ?? (await began(startChancery(process.env)));
  const desk = await began(startDesk());
  const key = process.env["CHANCERY_KEY"];
  const supergraph = await compose(
    [
      { name: "chancery", url: record },
      { name: "desk", url: desk },
    ],
    key ? { authorization: `Bearer ${key}` } : {},
  );
  const gateway = await began(startGateway(supergraph, Number(process.env["PORT"] ?? 0)));
  console.log(`Record   ${record}\nDesk     ${desk}\nGateway  ${gateway}\n\nAll three run. Ctrl-C stops them.`);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void stop().then(() => process.exit(0)));
}
try {
  await start(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await stop();
  process.exitCode = 1;
}
