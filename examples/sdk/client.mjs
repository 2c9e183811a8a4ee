import { createClient } from "@chancery/sdk";

/** The server of CHANCERY_URL, or the one that `npm start` starts; with the key in CHANCERY_KEY, where one is needed. */
export const chancery = createClient({
  url: process.env.CHANCERY_URL ?? "http://127.0.0.1:4000/graphql",
  token: process.env.CHANCERY_KEY,
});
