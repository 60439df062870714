import { describe, expect, it } from "vitest";
import { findSecret, withoutCredentials } from "./secret-rules.ts";
import * as inputs from "./testing/pasted-inputs.ts";

describe("a pasted secret", () => {
  it.each(inputs.secrets)("is seen in %j", (pasted) => {
    expect(findSecret(pasted)).not.toBeNull();
  });

  const harmless = [
    ...inputs.bareIds,
    ...inputs.written,
    ...inputs.ownAddresses,
    ...inputs.foreignAddresses,
    ...inputs.sentences,
    ...inputs.broken,
    ...inputs.foreign,
    ...inputs.noIds,
  ];
  it.each(harmless)("is not seen in %j", (pasted) => {
    expect(findSecret(withoutCredentials(String(pasted)))).toBeNull();
  });

  it("is not seen in prose", () => {
    expect(
      findSecret(
        "the node stopped answering after we changed its disk, please look at the logs of yesterday",
      ),
    ).toBeNull();
  });
});

it("takes tokens and user names out of an address and leaves what it names", () => {
  expect(
    withoutCredentials("https://me:hunter2@cdn.example/27327/baebb4?token=3xK9&source=a#access_token=1"),
  ).toBe("https://cdn.example/27327/baebb4?token=&source=a#access_token=");
});
