import { invalid } from "../../kernel/errors.ts";

const hole = /\{\{\s*([\w.]+)\s*\}\}/g;
const longest = 2_000;

/**
 * Puts values into `{{ name }}`; `labels.x` is a label, empty where the alert has none. An unknown name throws `invalid`
 * with the names that there are.
 */
export function renderTemplate(template: string, values: Readonly<Record<string, string>>): string {
  const text = template.replaceAll(hole, (_whole, name: string) => {
    const value = values[name];
    if (value !== undefined) return value;
    if (name.startsWith("labels.")) return "";
    throw invalid(
      `{{ ${name} }} is not known. There is ${Object.keys(values).join(", ")} and labels.<name>.`,
    );
  });
  return text.slice(0, longest);
}
