import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";
import { withCatalogueAdapter } from "./catalogue-adapter.ts";
import type { ModelFile } from "./model-file.ts";

let loading: Promise<void> | undefined;

/**
 * The SQL by which Prisma's schema engine would turn the database at `url` into what the models say; empty where they
 * agree. The engine is WebAssembly from npm: no binary, no network.
 * @throws Error with the engine's words, such as where a model does not parse.
 */
export async function diffByEngine(url: string, files: readonly ModelFile[]): Promise<string> {
  await (loading ??= load());
  return withCatalogueAdapter(url, async (factory) => {
    const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
    const adapter = bindMigrationAwareSqlAdapterFactory(factory);
    const running = await engine.SchemaEngine.new({ datamodels }, () => undefined, adapter);
    try {
      const { stdout } = await running.diff({
        from: { tag: "schemaDatasource", files: [...files], configDir: import.meta.dirname },
        to: { tag: "schemaDatamodel", files: [...files] },
        script: true,
        exitCode: null,
        filters: { externalTables: [], externalEnums: [] },
      });
      const sql = stdout?.trim() ?? "";
      return sql === "-- This is an empty migration." ? "" : sql;
    } finally {
      running.free();
    }
  });
}

async function load(): Promise<void> {
  // On a fault of its own, the engine leaves its last words here before it stops.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (words: string) => console.error(words) } });
  const script = import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(fileURLToPath(script.replace(/\.js$/, ".wasm")));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...engine } });
  (engine as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void }).__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
}
