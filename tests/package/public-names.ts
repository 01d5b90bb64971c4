interface Names {
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/** What users can import, entry by entry. */
export const publicNames: Readonly<Record<string, Names>> = {};
