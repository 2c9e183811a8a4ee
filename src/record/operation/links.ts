import { excerpt } from "../../values/excerpt.ts";
import { decodeId } from "../../values/ids.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import type { Fields, Spot } from "../terms/node.ts";
import type { Problems } from "../terms/problem.ts";
import type { Noun } from "../terms/reading.ts";
import { noKeys, type Keys } from "../terms/reference.ts";
import { recordToken, type HeldThing } from "./look-up.ts";
import type { JsonFields } from "./operation.ts";
import { withArticle } from "../../values/article.ts";

/** What an operation brings in, under the name that others of its change set may use for it. */
export interface Newcomer {
  readonly noun: Noun;
  readonly token: string;
  readonly kind: string;
}

/** Where the links of operations lead: to what the record holds, by id or key, or to each other, by reference. */
export class Links {
  readonly #problems: Problems;
  readonly #byId = new Map<string, HeldThing>();
  readonly #refs = new Map<string, Newcomer>();
  readonly #keys = noKeys();
  readonly #held = new Map<string, HeldThing>();

  constructor(held: readonly HeldThing[], problems: Problems) {
    this.#problems = problems;
    for (const thing of held) {
      this.#byId.set(thing.id, thing);
      this.#held.set(`${thing.noun} ${thing.token}`, thing);
      this.#keys[thing.noun].set(thing.token, thing.kind);
    }
  }

  /** Takes note of what the record holds besides, under other names than operations bring in. */
  learn(held: readonly HeldThing[]): void {
    for (const { noun, token, kind } of held) this.#keys[noun].set(token, kind);
  }

  /** The kinds of everything that links may lead to. */
  get keys(): Keys {
    return this.#keys;
  }

  /** What the record holds under a name, if anything. */
  held(noun: Noun, token: string): HeldThing | undefined {
    return this.#held.get(`${noun} ${token}`);
  }

  /** Makes what an operation brings in known to links; tells of a reference that was given before. */
  add(newcomer: Newcomer, ref: unknown, spot: Spot): void {
    if (!this.held(newcomer.noun, newcomer.token)) this.#keys[newcomer.noun].set(newcomer.token, newcomer.kind);
    if (typeof ref !== "string") return;
    if (this.#refs.has(ref)) {
      const message = `The reference ${excerpt(ref)} is given twice; give one another name.`;
      this.#problems.add(spot, message, { code: "DUPLICATE" });
    } else this.#refs.set(ref, newcomer);
  }

  /** What a link without problems leads to, for looking ahead; undefined where it leads nowhere. */
  peek(link: unknown, noun: Noun): string | undefined {
    if (typeof link !== "object" || link === null) return undefined;
    const { id, key, ref } = link as JsonFields;
    if (typeof key === "string") return key;
    if (typeof ref === "string") return this.#refs.get(ref)?.token;
    const found = typeof id === "string" ? this.#byId.get(id.slice(id.indexOf(":") + 1)) : undefined;
    return found?.noun === noun ? found.token : undefined;
  }

  /** Answers what follows links for what stands under a crisis, which keys of records are read in. */
  followIn(crisis: string | undefined): (link: Fields, noun: Noun) => string | undefined {
    return (link, noun) => {
      const [[by, field] = []] = [...link.fields];
      const value = field?.value.kind === "scalar" ? field.value.value : undefined;
      if (link.fields.size !== 1 || field === undefined || typeof value !== "string") {
        this.#problems.add(link, "A link is given by one of id, key and ref.");
        return;
      }
      if (by === "ref") return this.#followRef(value, field.value, noun);
      if (by === "id") return this.#findById(value, field.value, noun, false)?.token;
      return noun === "record" ? recordToken(crisis ?? "", value) : value;
    };
  }

  /** What is to be changed, by its id; tells of one that leads nowhere, or to what is of another noun. */
  findTarget(id: string, spot: Spot, noun: Noun): HeldThing | undefined {
    return this.#findById(id, spot, noun, true);
  }

  /** What the record holds under an id; tells of one that leads nowhere, or to what is of another noun. */
  #findById(id: string, spot: Spot, noun: Noun, isTarget: boolean): HeldThing | undefined {
    try {
      const { type, uuid } = decodeId(id);
      const found = this.#byId.get(uuid);
      if (found?.type !== type) {
        this.#problems.add(spot, `The record holds nothing with the id ${excerpt(id)}.`, {
          code: "NOT_FOUND",
          isTarget,
        });
        return;
      }
      if (found.noun === noun) return found;
      this.#problems.add(spot, `${excerpt(id)} is the id of ${withArticle(type)}, which will not do here.`, {
        code: "WRONG_KIND",
      });
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error;
      this.#problems.add(spot, error.message);
    }
    return;
  }

  #followRef(ref: string, spot: Spot, noun: Noun): string | undefined {
    const found = this.#refs.get(ref);
    if (found?.noun === noun) return found.token;
    if (found) {
      const message = `The reference ${excerpt(ref)} is that of ${withArticle(found.noun)}, and ${withArticle(noun)} is needed here.`;
      this.#problems.add(spot, message, { code: "WRONG_KIND" });
    } else {
      const message = `No operation of this change set gives itself the reference ${excerpt(ref)}.`;
      this.#problems.add(spot, message, { code: "NOT_FOUND" });
    }
    return undefined;
  }
}
