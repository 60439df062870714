/** Answers kept for one source. */
const mostKept = 32;

/**
 * Remembers what a pure function made of a source for as long as the source itself is kept, by the JSON of the input. The
 * answers are shared: nobody may change them.
 */
export function shareByInput<Source extends object, Input, Answer>(
  make: (source: Source, input: Input) => Answer,
): (source: Source, input: Input) => Answer {
  const kept = new WeakMap<Source, Map<string, Answer>>();
  return (source, input) => {
    const answers = kept.get(source) ?? new Map<string, Answer>();
    kept.set(source, answers);
    const key = JSON.stringify(input);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = make(source, input);
    if (answers.size >= mostKept) answers.clear();
    answers.set(key, answer);
    return answer;
  };
}
