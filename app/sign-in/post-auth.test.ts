import { expect, it } from "vitest";
import { toRefusal } from "./post-auth.ts";

it("reads what a refused sign-in says", () => {
  const problem = {
    title: "E-mail or password is wrong.",
    status: 401,
    detail: "4 more tries from this address, then 15 minutes of pause.",
    requestId: "r-1",
  };
  expect(toRefusal(problem, 401)).toEqual({
    title: problem.title,
    detail: problem.detail,
    retryAfterSeconds: null,
    requestId: "r-1",
  });
  expect(toRefusal({ title: "No password is checked.", retryAfterSeconds: 894 }, 429).retryAfterSeconds).toBe(
    894,
  );
});

it("takes the finding of a server that is too busy from its detail", () => {
  const problem = { title: "Too Many Requests", status: 429, detail: "Too many people are signing in." };
  expect(toRefusal(problem, 429)).toMatchObject({ title: problem.detail, retryAfterSeconds: null });
});

it("takes the finding of any other problem from its detail", () => {
  const problem = { title: "Bad Request", status: 400, detail: "A password has at least 12 characters." };
  expect(toRefusal(problem, 400)).toMatchObject({ title: problem.detail, detail: null });
});

it.each([null, "oops", 7, [], { title: 7, detail: "" }])(
  "has words for an answer that says nothing (%j)",
  (answer) => {
    expect(toRefusal(answer, 502)).toMatchObject({ title: "The console could not answer.", requestId: null });
  },
);
