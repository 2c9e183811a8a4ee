import { expect, test } from "vitest";
import { addressOf, networkOf } from "../src/access/address.ts";
import { TokenBuckets } from "../src/access/token-bucket.ts";
import { readConfig } from "../src/config.ts";

test("A header that anybody may write is believed as far as there are proxies to be trusted", () => {
  const forwarded = "6.6.6.6, 192.0.2.7, 198.51.100.2";
  expect(addressOf("127.0.0.1", forwarded, 0)).toBe("127.0.0.1");
  expect(addressOf("127.0.0.1", forwarded, 1)).toBe("198.51.100.2");
  expect(addressOf("127.0.0.1", forwarded, 2)).toBe("192.0.2.7");
  expect(addressOf("127.0.0.1", forwarded, 4)).toBe("127.0.0.1");
  expect(addressOf("127.0.0.1", "nonsense", 1)).toBe("127.0.0.1");
  expect(addressOf("127.0.0.1", null, 1)).toBe("127.0.0.1");
  expect(addressOf("::ffff:192.0.2.9", null, 0)).toBe("192.0.2.9");
  expect(addressOf(undefined, null, 0)).toBe("none");
});

test("The addresses of one site of IPv6 are one network, those of IPv4 are each their own", () => {
  const same = ["2001:db8:1:2::7", "2001:DB8:1:2:ffff:1:2:3", "2001:0db8:0001:0002::", "2001:db8:1:2::7%eth0"];
  expect(new Set(same.map(networkOf))).toEqual(new Set(["2001:db8:1:2::/64"]));
  expect(networkOf("::1")).toBe("0:0:0:0::/64");
  expect(networkOf("1::2:3:4:5:6:7")).toBe("1:0:2:3::/64");
  expect(networkOf("192.0.2.7")).toBe("192.0.2.7");
  expect(networkOf("none")).toBe("none");
});

test("A bucket gives what it holds, tells how long to wait, and fills again no further than it holds", () => {
  const buckets = new TokenBuckets({ capacity: 3, perMinute: 60 });
  expect([1, 1, 1, 1].map((tokens) => buckets.take("a", tokens, 0))).toEqual([0, 0, 0, 1_000]);
  expect(buckets.take("b", 1, 0)).toBe(0);
  expect(buckets.take("a", 1, 500)).toBe(500);
  expect(buckets.take("a", 1, 1_000)).toBe(0);
  expect(buckets.left("a", 3_600_000)).toBe(3);
  expect(buckets.take("a", 5, 3_600_000)).toBe(2_000);
});

test("How many proxies are trusted is said in words or in a number", () => {
  const proxies = (value: string) => readConfig({ CHANCERY_TRUST_PROXY: value }).proxies;
  expect(["", "off", "on", "0", "2"].map(proxies)).toEqual([0, 0, 1, 0, 2]);
  expect(() => proxies("10")).toThrow("CHANCERY_TRUST_PROXY=10 is neither on nor off");
  expect(() => readConfig({ CHANCERY_PUBLIC_READ: "maybe" })).toThrow("CHANCERY_PUBLIC_READ=maybe");
  expect(readConfig({}).publicRead).toBe(true);
});
