// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { TextField } from "./text-field.tsx";

it("keeps what was typed before React came, also when another field changes", async () => {
  document.body.innerHTML = `<div>${renderToString(<Form />)}</div>`;
  const [first, second] = [...document.querySelectorAll("input")];
  const root = document.body.firstElementChild;
  if (!root || !first || !second) throw new Error("There is no form.");
  first.value = "typed early";
  await act(async () => void hydrateRoot(root, <Form />));
  expect(document.querySelector("output")?.textContent).toBe("typed early/");
  await act(async () => {
    second.value = "later";
    second.dispatchEvent(new Event("input", { bubbles: true }));
  });
  expect(first.value).toBe("typed early");
});

function Form() {
  const [first, setFirst] = useState("");
  const [second, setSecond] = useState("");
  return (
    <form>
      <TextField label="First" value={first} onChange={setFirst} />
      <TextField label="Second" value={second} onChange={setSecond} />
      <output>{`${first}/${second}`}</output>
    </form>
  );
}
