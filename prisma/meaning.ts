import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import helper, { type GeneratorOptions } from "@prisma/generator-helper";

const target = join(dirname(fileURLToPath(import.meta.url)), "../src/generated/meaning.json");

type Model = GeneratorOptions["dmmf"]["datamodel"]["models"][number];

/** How the models say what it means that a column holds nothing, behind what it means otherwise. */
const ABSENCE = /^(.*); (?:null|empty) ([^;]+)\.$/s;
/** How they say it of the first of the columns of a date, behind what all of them mean. */
const DATE = /^(.*): an EDTF level 1 expression/s;

/** What a column means, and its parts: what it says where it says something, and when that is nothing. */
function meaningOf({ documentation = null, name }: { documentation?: string | null; name: string }) {
  const [, says, absent] = ABSENCE.exec(documentation ?? "") ?? [];
  const [, date] = name.endsWith("Edtf") ? (DATE.exec(documentation ?? "") ?? []) : [];
  const said = date ?? says;
  return { meaning: documentation, says: said === undefined ? documentation : `${said}.`, absent: absent ?? null };
}

function field(f: Model["fields"][number]) {
  return {
    column: f.dbName ?? f.name,
    kind: f.kind,
    type: f.type,
    native: f.nativeType?.[0] ?? null,
    list: f.isList,
    required: f.isRequired,
    ...meaningOf(f),
    ...(f.relationName === undefined ? {} : { relation: f.relationName, from: f.relationFromFields ?? [] }),
  };
}

/**
 * A Prisma generator that writes what the models mean, their tables and columns to src/generated/meaning.json:
 * descriptions of the GraphQL schema and the readers of src/db/sql come from there, so that each is said once.
 */
helper.generatorHandler({
  onManifest: () => ({ defaultOutput: target, prettyName: "Meaning" }),
  onGenerate: ({ dmmf: { datamodel } }) => {
    const models = datamodel.models.map((m): [string, object] => [
      m.name,
      {
        table: m.dbName ?? m.name,
        meaning: m.documentation ?? null,
        fields: Object.fromEntries(m.fields.map((f) => [f.name, field(f)])),
      },
    ]);
    const enums = datamodel.enums.map((e): [string, object] => [
      e.name,
      {
        type: e.dbName ?? e.name,
        meaning: e.documentation ?? null,
        values: Object.fromEntries(
          e.values.map((v) => [v.name, (v as { documentation?: string }).documentation ?? null]),
        ),
      },
    ]);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      `${JSON.stringify({ models: Object.fromEntries(models), enums: Object.fromEntries(enums) }, null, 1)}\n`,
    );
    return Promise.resolve();
  },
});
