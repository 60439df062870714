import { runOnCurrentNode } from "./bootstrap.mjs";

runOnCurrentNode("localnet/test.ts");
