/** Prints rows of numbers under their names; the names only when asked for. */
export function printTable(rows: readonly Readonly<Record<string, number | null>>[], isFirst = true): void {
  const names = Object.keys(rows[0] ?? {});
  if (isFirst) console.log(names.map((name) => name.padStart(16)).join(''));
  for (const row of rows) console.log(names.map((name) => shown(row[name] ?? null).padStart(16)).join(''));
}

function shown(value: number | null): string {
  if (value === null) return '-';
  return Number.isInteger(value) ? String(value) : value.toFixed(3);
}
