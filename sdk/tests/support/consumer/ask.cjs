const { createClient, positionByKey } = require("@chancery/sdk");
const { createMocks } = require("@chancery/sdk/testing");
const { gql } = require("@chancery/sdk/gql");

const client = createClient({ url: process.argv[2] });
client.run(positionByKey, { key: "president-of-venezuela" }).then(({ positionByKey: { title } }) => {
  console.log(JSON.stringify({ title, mocks: typeof createMocks, gql: typeof gql }));
});
