/** What the address says: the view, and its settings as texts. */
export interface Place {
  readonly view: string;
  readonly settings: URLSearchParams;
}

/** Reads `#view?name=value`. */
export function readPlace(hash: string): Place {
  const [view = '', query = ''] = hash.replace(/^#/, '').split('?');
  return { view, settings: new URLSearchParams(query) };
}

/** One setting in the address: how it is read, with what stands for a missing or a wrong one. */
export interface Setting<T> {
  readonly standard: T;
  read(text: string): T | undefined;
}

/** A number between two others, whole where `whole` is set. */
export function numberSetting(standard: number, [low, high]: readonly [number, number], whole = true): Setting<number> {
  return {
    standard,
    read: (text) => {
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value)) return undefined;
      const kept = Math.min(Math.max(value, low), high);
      return whole ? Math.round(kept) : kept;
    },
  };
}

/** One of some words. */
export function choiceSetting<T extends string>(standard: T, choices: readonly T[]): Setting<T> {
  return { standard, read: (text) => choices.find((choice) => choice === text) };
}

/** Any text. */
export function textSetting(standard: string): Setting<string> {
  return { standard, read: (text) => text };
}

/** What a table of settings holds. */
export type Values<S extends Record<string, Setting<unknown>>> = {
  readonly [N in keyof S]: S[N] extends Setting<infer T> ? T : never;
};

/** The settings of a view, read from the address. */
export function readSettings<S extends Record<string, Setting<unknown>>>(table: S, from: URLSearchParams): Values<S> {
  const entries = Object.entries(table).map(([name, { standard, read }]) => {
    const text = from.get(name);
    return [name, text === null ? standard : (read(text) ?? standard)];
  });
  return Object.fromEntries(entries) as Values<S>;
}

/** The address of an experiment; what is as usual is left out. */
export function addressOf<S extends Record<string, Setting<unknown>>>(
  view: string,
  table: S,
  values: Partial<Values<S>>,
) {
  const query = new URLSearchParams();
  for (const [name, { standard }] of Object.entries(table)) {
    const value = values[name as keyof typeof values];
    if (value !== undefined && value !== standard) query.set(name, String(value));
  }
  return `#${view}${query.size > 0 ? `?${query}` : ''}`;
}
