import { type VariablesOf, createClient } from "@chancery/sdk";
import { gql } from "@chancery/sdk/gql";

export const Holder = gql("fragment Holder on Occupancy { claimType holder { name } }");
export const Rivals = gql(
  "query Rivals($key: String!) { positionByKey(key: $key) { contest { occupancies { ...Holder } } } }",
  { fragments: [Holder] },
);
export const variables: VariablesOf<typeof Rivals> = { key: "x" };
export const names = async (): Promise<string[] | undefined> => {
  const { positionByKey } = await createClient({ url: "/graphql" }).run(Rivals, variables);
  return positionByKey?.contest?.occupancies.map(({ holder }) => holder.name);
};
// @ts-expect-error: the key is missing
export const wrong = () => createClient({ url: "/graphql" }).run(Rivals);
// @ts-expect-error: the key is text
export const number = () => createClient({ url: "/graphql" }).run(Rivals, { key: 1 });
