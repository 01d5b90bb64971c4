/** Long work in pieces: it yields where the event loop may turn. */
export type Pieces<T> = Generator<undefined, T>;

/** Does all pieces at once. */
export function atOnce<T>(work: Pieces<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does all pieces, and waits for `pause` between them. */
export async function piecemeal<T>(work: Pieces<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await pause();
  }
}
