// What is worked out when it is first asked for, and then kept.

/** A promise, too, is made once: whoever asks while it is under way waits for the same. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
