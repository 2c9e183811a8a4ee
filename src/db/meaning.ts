import meaning from "../generated/meaning.json" with { type: "json" };

/** A column or relation of a model. */
export interface FieldMeaning {
  readonly column: string;
  readonly kind: "scalar" | "object" | "enum" | "unsupported";
  /** A Prisma scalar, or the name of an enum or model. */
  readonly type: string;
  /** PostgreSQL's type where the model names one, such as Uuid. */
  readonly native: string | null;
  readonly list: boolean;
  readonly required: boolean;
  readonly meaning: string | null;
  /** What it means where it holds something; of a date what the whole date means. */
  readonly says: string | null;
  /** When it holds nothing, such as "where none is known"; null where nothing is said of that. */
  readonly absent: string | null;
  /** The name of the relation, on both of its sides. */
  readonly relation?: string;
  /** The fields of this model that hold the relation; empty on the other side. */
  readonly from?: readonly string[];
}

/** A model: its table, what it means, its columns and relations by Prisma's names. */
export interface ModelMeaning {
  readonly table: string;
  readonly meaning: string | null;
  readonly fields: Readonly<Record<string, FieldMeaning>>;
}

/** An enum: its PostgreSQL type, what it and each of its values mean. */
export interface EnumMeaning {
  readonly type: string;
  readonly meaning: string | null;
  readonly values: Readonly<Record<string, string | null>>;
}

const all = meaning as unknown as {
  models: Record<string, ModelMeaning>;
  enums: Record<string, EnumMeaning>;
};

/** The names of all models. */
export function modelNames(): string[] {
  return Object.keys(all.models);
}

/** The model of that name as prisma/models/ tells it. Throws a fault for a name that is none. */
export function modelMeaning(name: string): ModelMeaning {
  const found = all.models[name];
  if (!found) throw new Error(`no model ${name}`);
  return found;
}

/** The field of a model, by Prisma's name. Throws a fault for a name that is none. */
export function fieldMeaning(model: string, field: string): FieldMeaning {
  const found = modelMeaning(model).fields[field];
  if (!found) throw new Error(`no field ${field} in ${model}`);
  return found;
}

/** The enum of that name. Throws a fault for a name that is none. */
export function enumMeaning(name: string): EnumMeaning {
  const found = all.enums[name];
  if (!found) throw new Error(`no enum ${name}`);
  return found;
}
