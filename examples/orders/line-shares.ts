import type { Table } from 'minimart';
import type { ShareChart } from 'minimart/report';
import type { LineColumns } from './load-lines.js';

/** Most groups of a chart; the rest is one more. */
const most = 8;

/** The shares of each column's commonest values, or of ranges of its numbers, in real lines and in virtual ones. */
export function lineShares(real: Table<LineColumns>, virtual: Table<LineColumns>): ShareChart[] {
  return (Object.keys(real.columns) as (keyof LineColumns)[]).map((name) => {
    const groupOf = grouping(real, name);
    const [realShares, virtualShares] = [real, virtual].map((table) => sharesOf(table, name, groupOf));
    const groups = [...realShares!].map(([group, share]) => ({
      name: group,
      real: share,
      virtual: virtualShares!.get(group) ?? 0,
    }));
    return { title: name, description: `Shares of ${name}, real beside virtual`, groups };
  });
}

type GroupOf = (cell: number | string) => string;

const cellsOf = ({ columns }: Table<LineColumns>, name: keyof LineColumns): (number | string)[] => {
  const column = columns[name];
  if (!('codes' in column)) return [...column.values];
  return Array.from(column.codes, (code) => column.vocabulary.idAt(code) ?? 'missing');
};

function grouping(real: Table<LineColumns>, name: keyof LineColumns): GroupOf {
  const cells = cellsOf(real, name);
  const counts = new Map<number | string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  if (typeof cells[0] === 'string') {
    const common = new Set(
      [...counts]
        .sort((a, b) => b[1] - a[1])
        .slice(0, most)
        .map(([cell]) => cell),
    );
    return (cell) => (common.has(cell) ? String(cell) : 'others');
  }
  if (counts.size <= 24) return String;
  const sorted = (cells as number[]).sort((a, b) => a - b);
  const bounds = [
    ...new Set(Array.from({ length: most - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / most)]!)),
  ];
  return (cell) => {
    const at = bounds.findIndex((bound) => (cell as number) <= bound);
    return at < 0 ? `> ${bounds.at(-1)}` : `≤ ${bounds[at]}`;
  };
}

// By group, in the order of numbers or from the commonest on.
function sharesOf(table: Table<LineColumns>, name: keyof LineColumns, groupOf: GroupOf): Map<string, number> {
  const cells = cellsOf(table, name);
  if (typeof cells[0] === 'number') (cells as number[]).sort((a, b) => a - b);
  const shares = new Map<string, number>();
  for (const cell of cells) shares.set(groupOf(cell), (shares.get(groupOf(cell)) ?? 0) + 1 / cells.length);
  if (typeof cells[0] === 'number') return shares;
  return new Map([...shares].sort((a, b) => Number(a[0] === 'others') - Number(b[0] === 'others') || b[1] - a[1]));
}
