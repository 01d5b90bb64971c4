import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { version_core } from '@tensorflow/tfjs-core';
import { wasmKernels } from 'minimart';

/** A name and what is to say of it. */
export type Fact = readonly [name: string, value: string];

/** Names and values in two columns. The parts are HTML. */
export function factsTable(facts: readonly Fact[]): string {
  const rows = facts.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return `<div class="scroll"><table><tbody>${rows.join('\n')}</tbody></table></div>`;
}

/** One column of a table; numbers stand at the right. */
export interface TableColumn {
  readonly name: string;
  readonly isNumber?: boolean;
}

/** A table with a head; the first cell of each row names it. The parts are HTML. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const kind = (column: number) => (columns[column]!.isNumber ? ' class="number"' : '');
  const head = columns.map(({ name }, column) => `<th scope="col"${kind(column)}>${name}</th>`);
  const body = rows.map((cells) => {
    const [name, ...others] = cells;
    const rest = others.map((cell, index) => `<td${kind(index + 1)}>${cell}</td>`);
    return `<tr><th scope="row">${name}</th>${rest.join('')}</tr>`;
  });
  return `<div class="scroll"><table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody>
</table></div>`;
}

/** What a run stood on: versions and machine. */
export function machineFacts(backend: string): Fact[] {
  const kernels = wasmKernels();
  return [
    [
      'backend',
      `${backend} of TensorFlow.js ${version_core}${kernels ? `, ${kernels.products} products, ${kernels.threads} ${kernels.threads === 1 ? 'thread' : 'threads'}` : ''}`,
    ],
    ['minimart', ownVersion()],
    ['Node', `${process.version}, ${process.platform} ${process.arch}`],
    ['processor', `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`],
  ];
}

/** A share as people say it. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function ownVersion(): string {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
