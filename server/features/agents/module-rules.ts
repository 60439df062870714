import { parse } from "es-module-lexer/js";

/** What an ES module exports by name; null where it cannot be read as one, or exports what another module has. */
export function exportsOfModule(source: string): readonly string[] | null {
  try {
    const [imports, exports, , hasModuleSyntax] = parse(source);
    if (
      !hasModuleSyntax ||
      imports.some(({ start }) =>
        /\bexport\s*\*\s*from\s*["']$/.test(source.slice(Math.max(0, start - 40), start)),
      )
    )
      return null;
    return exports.flatMap((one) => ("name" in one && typeof one.name === "string" ? [one.name] : []));
  } catch {
    return null;
  }
}
