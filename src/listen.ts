import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Refusal } from "./errors.ts";

const FURTHER_PORTS = 100;

/** Where a server shall listen. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** Whether the person chose the port: then no other will do. */
  readonly portChosen: boolean;
}

/**
 * Binds the server and returns its port: the one asked for or, when nobody chose it and it is taken, the next free one.
 * @throws Refusal CONFIGURATION when the port is taken or the address is not this machine's.
 */
export async function listen(server: Server, { host, port, portChosen }: Address): Promise<number> {
  for (let candidate = port; ; candidate++) {
    const trouble = await bind(server, host, candidate);
    if (trouble === undefined) return (server.address() as AddressInfo).port;
    const mayMove = trouble.code === "EADDRINUSE" && !portChosen && candidate < port + FURTHER_PORTS;
    if (!mayMove) throw new Refusal("CONFIGURATION", wordsOf(trouble, host, candidate), { host, port }, trouble);
  }
}

/**
 * Looks whether an address can be listened on, and gives it free again: before anything is made for a server there.
 * @throws Refusal CONFIGURATION as `listen` does.
 */
export async function tryAddress(address: Address): Promise<void> {
  const probe = createServer();
  await listen(probe, address);
  await new Promise((resolve) => probe.close(resolve));
}

function bind(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException) => resolve(error);
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve(undefined);
    });
  });
}

function wordsOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} of ${host} is taken by another program. Stop that program, or choose another port: PORT=${port < 65_535 ? port + 1 : 4000} npm start. Without PORT, Chancery finds a free one.`;
    case "EACCES":
      return `Port ${port} is reserved for the system. Choose one from 1024 on, such as PORT=4000.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${host} is no address of this machine. Set HOST=127.0.0.1 (this machine only) or HOST=0.0.0.0 (every network).`;
    default:
      return `Cannot listen on ${host}, port ${port}: ${message}`;
  }
}
