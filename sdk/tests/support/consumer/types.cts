import { type ResultOf, createClient, positionByKey } from "@chancery/sdk";
import { createMocks } from "@chancery/sdk/testing";

export const mocks = createMocks().on(positionByKey, () => ({ positionByKey: null }));
export const title = async (): Promise<string | undefined> => {
  const found: ResultOf<typeof positionByKey> = await createClient({ url: "/graphql" }).run(positionByKey, {
    key: "x",
  });
  return found.positionByKey?.title;
};
// @ts-expect-error: the key is missing
export const wrong = () => createClient({ url: "/graphql" }).run(positionByKey);
