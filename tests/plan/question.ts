import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { literalOf } from "./literal.ts";
import type { Chance } from "./chance.ts";
import { valueFor, type Known } from "./value.ts";

/** A generated question, and where cursors may be put into it. */
export interface Generated {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Variables that take a cursor, with the keys under which their list stands in the answer. */
  readonly cursors: readonly { readonly variable: string; readonly path: readonly string[] }[];
}

/** Bounds on one question. */
const [deepest, mostFields, mostAliases] = [12, 40, 30];

/** Makes one question out of the schema. */
export function makeQuestion(schema: GraphQLSchema, known: Known, chance: Chance): Generated {
  return new Asking(schema, known, chance).make();
}

class Asking {
  readonly #schema: GraphQLSchema;
  readonly #known: Known;
  readonly #chance: Chance;
  readonly #variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  readonly #cursors: { variable: string; path: readonly string[] }[] = [];
  #names = 0;
  #aliases = 0;
  #fields = 0;

  constructor(schema: GraphQLSchema, known: Known, chance: Chance) {
    this.#schema = schema;
    this.#known = known;
    this.#chance = chance;
  }

  make(): Generated {
    const root = this.#schema.getQueryType();
    if (!root) throw new Error("The schema has no queries.");
    const selection = this.#select(root, [], 1 + this.#chance.below(deepest));
    const head = this.#declared.length > 0 ? `query Asked(${this.#declared.join(", ")})` : "query Asked";
    return {
      query: [`${head} ${selection}`, ...this.#fragments].join("\n"),
      variables: this.#variables,
      cursors: this.#cursors,
    };
  }

  #select(type: GraphQLCompositeType, path: readonly string[], depth: number): string {
    const parts: string[] = [];
    if (isAbstractType(type) && this.#chance.happens(0.7)) {
      const variants = this.#schema.getPossibleTypes(type);
      for (let i = 1 + this.#chance.below(2); i > 0; i -= 1) {
        parts.push(this.#fragment(this.#chance.of(variants), path, depth));
      }
    }
    const fields = "getFields" in type ? this.#usable(type.getFields(), depth) : [];
    const wanted = path.length === 0 ? 1 + this.#chance.below(2) : 1 + this.#chance.below(4);
    const chosen = new Set<GraphQLField<unknown, unknown>>();
    for (let i = 0; i < wanted && fields.length > 0; i += 1) chosen.add(this.#preferred(fields));
    for (const field of chosen) {
      if (this.#fields >= mostFields && parts.length > 0) break;
      parts.push(this.#field(field, path, depth, this.#chance.happens(0.25)));
    }
    if (parts.length === 0 || this.#chance.happens(0.15)) parts.push("__typename");
    return `{ ${parts.join(" ")} }`;
  }

  /** Deep chains rather than leaves, while there is depth. */
  #preferred(fields: readonly GraphQLField<unknown, unknown>[]): GraphQLField<unknown, unknown> {
    const deep = fields.filter(({ type }) => isCompositeType(getNamedType(type)));
    return this.#chance.of(deep.length > 0 && this.#chance.happens(0.4) ? deep : fields);
  }

  #usable(fields: Record<string, GraphQLField<unknown, unknown>>, depth: number): GraphQLField<unknown, unknown>[] {
    return Object.values(fields).filter(
      ({ name, type }) => !name.startsWith("_") && (depth > 1 || !isCompositeType(getNamedType(type))),
    );
  }

  #fragment(type: GraphQLCompositeType, path: readonly string[], depth: number): string {
    const fields = "getFields" in type ? this.#usable(type.getFields(), depth) : [];
    const parts = Array.from({ length: 1 + this.#chance.below(3) }, () =>
      fields.length === 0 || this.#aliases >= mostAliases
        ? "__typename"
        : this.#field(this.#preferred(fields), path, depth, true),
    );
    if (this.#chance.happens(0.3)) {
      const name = this.#name("F");
      this.#fragments.push(`fragment ${name} on ${type.name} { ${parts.join(" ")} }`);
      return `...${name}${this.#directive()}`;
    }
    return `... on ${type.name}${this.#directive()} { ${parts.join(" ")} }`;
  }

  #field(field: GraphQLField<unknown, unknown>, path: readonly string[], depth: number, aliased: boolean): string {
    this.#fields += 1;
    const alias = aliased && this.#aliases < mostAliases ? this.#name("a") : undefined;
    if (alias !== undefined) this.#aliases += 1;
    const at = [...path, alias ?? field.name];
    const type = getNamedType(field.type);
    const args = this.#args(field, at, type);
    const below = isCompositeType(type) ? ` ${this.#select(type, at, depth - 1)}` : "";
    return `${alias === undefined ? "" : `${alias}: `}${field.name}${args}${this.#directive()}${below}`;
  }

  #args(field: GraphQLField<unknown, unknown>, at: readonly string[], type: GraphQLNamedType): string {
    const backwards = this.#chance.happens(0.3);
    const left = backwards ? ["first", "after"] : ["last", "before"];
    const paged = field.args.some(({ name }) => name === "first");
    const given = field.args.flatMap((arg) => {
      if (paged && left.includes(arg.name) && !this.#chance.happens(0.02)) return [];
      if (arg.name === "after" || arg.name === "before") return this.#cursor(arg, at);
      const needed = isNonNullType(arg.type) && arg.defaultValue === undefined;
      const usual = arg.name === "first" || arg.name === "last";
      if (!needed && !this.#chance.happens(usual ? 0.9 : 0.14)) return [];
      const hint = arg.name === "id" && isObjectType(type) ? type.name : arg.name;
      const value = valueFor(arg.type, hint, this.#known, this.#chance);
      return [
        `${arg.name}: ${this.#chance.happens(0.6) ? this.#variable(arg.type, value) : literalOf(value, arg.type)}`,
      ];
    });
    return given.length > 0 ? `(${given.join(", ")})` : "";
  }

  #variable(type: GraphQLInputType, value: unknown): string {
    const name = this.#name("v");
    this.#declared.push(`$${name}: ${String(type)}`);
    this.#variables[name] = value;
    return `$${name}`;
  }

  #cursor(arg: GraphQLArgument, path: readonly string[]): string[] {
    const variable = this.#name("v");
    this.#declared.push(`$${variable}: ${String(arg.type)}`);
    this.#cursors.push({ variable, path });
    return [`${arg.name}: $${variable}`];
  }

  #directive(): string {
    if (!this.#chance.happens(0.06)) return "";
    const name = this.#chance.of(["skip", "include"]);
    const usually = name === "include";
    const value = this.#chance.happens(0.8) ? usually : !usually;
    if (this.#chance.happens(0.3)) return ` @${name}(if: ${value})`;
    const variable = this.#name("v");
    this.#declared.push(`$${variable}: Boolean!`);
    this.#variables[variable] = value;
    return ` @${name}(if: $${variable})`;
  }

  #name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }
}
