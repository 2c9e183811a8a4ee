import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
// eslint-disable-next-line @typescript-eslint/ban-ts-comment -- the package types its door, not this inner module
import * as engine from "@prisma/schema-engine-wasm/schema_engine_bg";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** Every .prisma file of the project, as the schema engine takes them. */
export async function models(): Promise<{ path: string; content: string }[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(
    names.map(async (name) => ({ path: join(folder, name), content: await readFile(join(folder, name), "utf8") })),
  );
}

/**
 * The SQL that would turn the database at `url` into what the models say; empty where they agree.
 * Needs a PostgreSQL to look at, and no engine binary: the engine runs as WebAssembly.
 */
export async function sqlFromDatabaseToModels(url: string): Promise<string> {
  const wasm = await readFile(
    fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm")),
  );
  const module = { "./schema_engine_bg.js": engine } as unknown as WebAssembly.Imports;
  const { instance } = await WebAssembly.instantiate(wasm, module);
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
  const files = await models();
  const schema = await engine.SchemaEngine.new(
    { datamodels: files.map(({ path, content }) => [path, content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url })),
  );
  const { stdout } = await schema.diff({
    from: { tag: "schemaDatasource", files, configDir: folder },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
    shadowDatabaseUrl: null,
    schema: null,
  } as never);
  return stdout ?? "";
}
