import { PrismaPg } from "@prisma/adapter-pg";
import {
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import pg from "pg";

/** PostgreSQL's own numbers for the type "char" and for an array of it. */
const CHAR = 18;
const CHAR_ARRAY = 1002;

/**
 * Prisma's adapter, made able to read PostgreSQL's catalogues, for as long as `work` takes. Their one-letter type "char"
 * is unknown to it, so the letters pass under the number of a type that it knows and that no catalogue query asks for.
 */
export async function withCatalogueAdapter<T>(
  url: string,
  work: (factory: SqlMigrationAwareDriverAdapterFactory) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool({ connectionString: url });
  const query = pool.query.bind(pool) as (config: pg.QueryConfig) => Promise<pg.QueryResult>;
  Object.assign(pool, {
    query: async (config: pg.QueryConfig) => {
      const result = await query(config);
      for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY;
      return result;
    },
  });
  const inner = new PrismaPg(pool);
  try {
    return await work({
      adapterName: inner.adapterName,
      provider: inner.provider,
      connectToShadowDb: () => inner.connectToShadowDb(),
      connect: async () => {
        const adapter = await inner.connect();
        const read = adapter.queryRaw.bind(adapter);
        return Object.assign(adapter, { queryRaw: async (asked: never) => withLetters(await read(asked)) });
      },
    });
  } finally {
    await pool.end();
  }
}

function withLetters(result: SqlResultSet): SqlResultSet {
  const { CharacterArray, Character } = ColumnTypeEnum;
  return { ...result, columnTypes: result.columnTypes.map((type) => (type === CharacterArray ? Character : type)) };
}
