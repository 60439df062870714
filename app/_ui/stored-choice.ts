/** A choice of this browser, shared by all its tabs, with a value for the server's first paint. */
export type StoredChoice<Value extends string> = {
  read(): Value;
  write(value: Value): void;
  subscribe(listener: () => void): () => void;
};

export function storedChoice<Value extends string>(
  key: string,
  values: readonly [Value, ...Value[]],
): StoredChoice<Value> {
  const listeners = new Set<() => void>();
  const read = () => values.find((value) => value === storedText(key)) ?? values[0];
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    read,
    write(value) {
      store(key, value);
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      window.addEventListener("storage", listener);
      return () => {
        listeners.delete(listener);
        window.removeEventListener("storage", listener);
      };
    },
  };
}

/** Storage can be refused by the browser; then a choice lasts as long as the default. */
function storedText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing to do: the choice is not kept.
  }
}
