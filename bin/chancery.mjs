#!/usr/bin/env node
import { prepare } from "./prepare.mjs";

// In this very process, so that signals and the exit code are the program's own.
prepare();
const { register } = await import("tsx/esm/api");
register();
await import(new URL("../src/main.ts", import.meta.url).href);
